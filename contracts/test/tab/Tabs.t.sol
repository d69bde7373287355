// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVault} from "../../src/order/IVault.sol";
import {ITabs} from "../../src/tab/ITabs.sol";
import {TabTest} from "../support/TabTest.sol";

/// open and top up, close, release, spend
contract TabsTest is TabTest {
    address private immutable _key = person("second key");

    function _spend(address key_, uint256 shop_, uint256 amount) private {
        vm.prank(address(book));
        tabs.spend(buyer, key_, shop_, address(token), amount, operator);
    }

    function _notOpen(address key_, uint256 validUntil) private view returns (bytes memory) {
        return abi.encodeWithSelector(ITabs.Tabs_NotOpen.selector, buyer, key_, validUntil);
    }

    function _keyUsed() private view returns (bytes memory) {
        return abi.encodeWithSelector(ITabs.Tabs_KeyUsed.selector, buyer, tabKey);
    }

    function _expectOpen(bytes memory reason, address key_, uint256 amount, uint64 onlyShop, uint256 end, uint24 by) private {
        vm.expectRevert(reason);
        vm.prank(buyer);
        book.transferAndCall(address(token), address(tabs), amount, abi.encode(key_, onlyShop, uint40(end), by));
    }

    function _assertTab(uint256 left, uint256 validUntil, uint256 onlyShop, uint256 by) private view {
        (uint128 l, uint40 v, uint64 s, uint24 o,) = tabs.tabOf(buyer, tabKey, address(token));
        assertEq(l, left, "left");
        assertEq(v, validUntil, "until");
        assertEq(s, onlyShop, "shop");
        assertEq(o, by, "operator");
    }

    function test_Open_TakesMoneyOutOfTheBalance() public {
        uint40 end = uint40(block.timestamp + 30 days);
        vm.expectEmit(address(tabs));
        emit ITabs.TabOpened(buyer, _key, address(token), 7, 7, 3, end, operatorId);
        _openTab(buyer, _key, 7, 3, end);
        assertEq(_balance(buyer), RICH - LIMIT - 7, "balance");
        assertEq(_balance(address(tabs)), LIMIT + 7, "held");
        _assertTab(LIMIT, until, 0, operatorId);
        (uint128 left,,,,) = tabs.tabOf(stranger, _key, address(token));
        assertEq(left, 0, "nobody else's");
    }

    function test_Open_RevertWhen_Senseless() public {
        bytes memory invalid = abi.encodeWithSelector(ITabs.Tabs_Invalid.selector);
        uint256 time = block.timestamp;
        _expectOpen(invalid, address(0), 1, 0, time + 1, operatorId);
        _expectOpen(invalid, _key, 0, 0, time + 1, operatorId);
        _expectOpen(invalid, _key, 1, 0, time, operatorId);
        _expectOpen(invalid, _key, 1, 0, time + 30 days + 1, operatorId);
        _expectOpen(invalid, _key, 1, 0, time + 1, 0);
        _openTab(buyer, _key, 1, 0, time + 30 days);
    }

    function test_Open_RevertWhen_TheSumIsAbove96Bits() public {
        uint256 most = type(uint96).max;
        _stake(buyer, most);
        _openTab(buyer, _key, most, 0, until);
        _expectOpen(abi.encodeWithSelector(ITabs.Tabs_Invalid.selector), _key, 1, 0, until, operatorId);
        _stake(buyer, most);
        _expectOpen(
            abi.encodeWithSelector(ITabs.Tabs_Invalid.selector), person("third key"), most + 1, 0, until, operatorId
        );
    }

    function test_TopUp_AddsAndProlongs() public {
        vm.expectEmit(address(tabs));
        emit ITabs.TabOpened(buyer, tabKey, address(token), 5, uint128(LIMIT + 5), 0, uint40(until + 1), operatorId);
        _openTab(buyer, tabKey, 5, 0, until + 1);
        _assertTab(LIMIT + 5, until + 1, 0, operatorId);
        vm.warp(until + 2);
        _openTab(buyer, tabKey, 1, 0, block.timestamp + 1);
        _assertTab(LIMIT + 6, block.timestamp + 1, 0, operatorId);
    }

    function test_TopUp_RevertWhen_ItChangesTheTab() public {
        vm.prank(stranger);
        uint24 other = operators.register(stranger);
        _expectOpen(_keyUsed(), tabKey, 1, 1, until, operatorId);
        _expectOpen(_keyUsed(), tabKey, 1, 0, until, other);
        _expectOpen(abi.encodeWithSelector(ITabs.Tabs_Invalid.selector), tabKey, 1, 0, until - 1, operatorId);
    }

    function test_Open_RevertWhen_TheKeyIsUsedUp() public {
        vm.warp(until + 1);
        tabs.release(buyer, tabKey, address(token));
        _expectOpen(_keyUsed(), tabKey, 1, 0, until + 1 days, operatorId);
        _expectOpen(_keyUsed(), tabKey, 1, 0, until + 1 days, 0);
    }

    function test_Spend_TakesOffUntilNothingIsLeft() public {
        vm.expectEmit(address(tabs));
        emit ITabs.TabSpent(buyer, tabKey, address(token), 3, uint128(LIMIT - 3));
        _spend(tabKey, 1, 3);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_OverLimit.selector, LIMIT - 3, LIMIT - 2));
        _spend(tabKey, 1, LIMIT - 2);
        _spend(tabKey, 2, LIMIT - 3);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_OverLimit.selector, 0, 1));
        _spend(tabKey, 1, 1);
    }

    function test_Spend_OnlyInItsShop() public {
        _openTab(buyer, _key, LIMIT, 7, until);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_OtherShop.selector, 7, 8));
        _spend(_key, 8, 1);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_OtherShop.selector, 7, 7 + (1 << 64)));
        _spend(_key, 7 + (1 << 64), 1);
        _spend(_key, 7, 1);
    }

    function test_Spend_OnlyInItsTime() public {
        vm.warp(until);
        _spend(tabKey, 1, 1);
        vm.warp(until + 1);
        vm.expectRevert(_notOpen(tabKey, until));
        _spend(tabKey, 1, 1);
    }

    function test_Spend_RevertWhen_NeverOpenedOrInAnotherToken() public {
        vm.expectRevert(_notOpen(_key, 0));
        _spend(_key, 1, 0);
        vm.expectRevert(_notOpen(tabKey, 0));
        vm.prank(address(book));
        tabs.spend(buyer, tabKey, 1, NATIVE, 1, operator);
    }

    function test_Spend_RevertWhen_NotTheOrderBook() public {
        address[4] memory others = [buyer, tabKey, operator, stranger];
        for (uint256 i = 0; i < others.length; ++i) {
            bytes memory reason = abi.encodeWithSelector(ITabs.Tabs_NotOrderBook.selector, others[i]);
            vm.expectRevert(reason);
            vm.prank(others[i]);
            tabs.spend(buyer, tabKey, 1, address(token), 1, operator);
            vm.expectRevert(reason);
            vm.prank(others[i]);
            tabs.onPaid(buyer, address(token), 1, abi.encode(_key, uint64(0), uint40(until), operatorId));
        }
    }

    function test_Spend_RevertWhen_NotPlacedByTheOperator() public {
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_NotParty.selector, stranger));
        vm.prank(address(book));
        tabs.spend(buyer, tabKey, 1, address(token), 1, stranger);
        // A batch that nobody is calling speaks for nobody.
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_NotParty.selector, address(0)));
        vm.prank(address(book));
        tabs.spend(buyer, tabKey, 1, address(token), 1, address(batch));
    }

    function test_Close_GivesTenMinutes() public {
        uint40 end = uint40(block.timestamp + 10 minutes);
        vm.expectEmit(address(tabs));
        emit ITabs.TabClosing(buyer, tabKey, address(token), end);
        vm.prank(buyer);
        tabs.close(tabKey, address(token));
        _assertTab(LIMIT, end, 0, operatorId);
        vm.warp(end - 1);
        vm.prank(buyer);
        tabs.close(tabKey, address(token));
        _assertTab(LIMIT, end, 0, operatorId);
        vm.warp(end + 1);
        vm.expectRevert(_notOpen(tabKey, end));
        vm.prank(buyer);
        tabs.close(tabKey, address(token));
    }

    function test_Close_IsTheAccountsOwn() public {
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_NotOpen.selector, stranger, tabKey, 0));
        vm.prank(stranger);
        tabs.close(tabKey, address(token));
    }

    function test_Release_GivesTheRestBack() public {
        _spend(tabKey, 1, 1e6);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_StillOpen.selector, until));
        tabs.release(buyer, tabKey, address(token));
        vm.warp(until + 1);
        vm.expectEmit(address(tabs));
        emit ITabs.TabReleased(buyer, tabKey, address(token), uint128(LIMIT - 1e6));
        vm.prank(stranger);
        tabs.release(buyer, tabKey, address(token));
        assertEq(_balance(buyer), RICH - 1e6, "balance");
        _assertTab(0, until, 0, 0);
        vm.expectRevert(_notOpen(tabKey, until));
        tabs.release(buyer, tabKey, address(token));
        vm.expectRevert(_notOpen(_key, 0));
        tabs.release(buyer, _key, address(token));
    }

    function test_Release_OfAnEmptyTabMovesNothing() public {
        _spend(tabKey, 1, LIMIT);
        vm.warp(until + 1);
        tabs.release(buyer, tabKey, address(token));
        assertEq(_balance(buyer), RICH - LIMIT, "balance");
    }

    function test_NativeCoin() public {
        vm.prank(buyer);
        book.deposit{value: 3 ether}(buyer, NATIVE, 3 ether);
        vm.prank(buyer);
        book.transferAndCall(NATIVE, address(tabs), 3 ether, abi.encode(_key, uint64(0), uint40(until), operatorId));
        vm.warp(until + 1);
        tabs.release(buyer, _key, NATIVE);
        assertEq(book.balanceOf(buyer, NATIVE), 3 ether, "balance");
    }

    function test_Open_RevertWhen_TheBalanceIsShort() public {
        bytes memory reason =
            abi.encodeWithSelector(IVault.Vault_InsufficientBalance.selector, stranger, address(token), 0, 1);
        vm.expectRevert(reason);
        _openTab(stranger, _key, 1, 0, until);
    }

    function testFuzz_Spend_NeverMoreThanWasSetAside(uint96 limit, uint128[10] calldata amounts) public {
        vm.assume(limit != 0);
        _stake(buyer, limit);
        _openTab(buyer, _key, limit, 0, until);
        uint256 spent;
        for (uint256 i = 0; i < amounts.length; ++i) {
            vm.prank(address(book));
            try tabs.spend(buyer, _key, 1, address(token), amounts[i], operator) {
                spent += amounts[i];
            } catch {
                assertTrue(spent + amounts[i] > limit, "refused without reason");
            }
            (uint128 left,,,,) = tabs.tabOf(buyer, _key, address(token));
            assertEq(left, limit - spent, "left");
        }
    }

    /// One word holds all of it: no field spills into another.
    function testFuzz_Open_KeepsEveryField(uint96 amount, uint64 onlyShop, uint40 seconds_) public {
        vm.assume(amount != 0);
        seconds_ = uint40(bound(seconds_, 1, 30 days));
        _stake(buyer, amount);
        uint256 end = block.timestamp + seconds_;
        _openTab(buyer, _key, amount, onlyShop, end);
        (uint128 l, uint40 v, uint64 s, uint24 o, uint24 e) = tabs.tabOf(buyer, _key, address(token));
        assertEq(l, amount, "left");
        assertEq(v, end, "until");
        assertEq(s, onlyShop, "shop");
        assertEq(o, operatorId, "operator");
        assertEq(e, 0, "epoch");
    }
}
