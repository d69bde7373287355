// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ISessions} from "../../src/account/ISessions.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// open, revoke, spend
contract SessionsTest is MarketTest {
    uint128 private constant LIMIT = 500e6;

    address private immutable _key = person("session key");

    function _open(uint64 onlyShop) private {
        vm.prank(buyer);
        sessions.open(_key, address(token), LIMIT, onlyShop, uint40(block.timestamp + 1 days));
    }

    function _spend(uint256 shop_, uint256 amount) private {
        vm.prank(address(book));
        sessions.spend(buyer, _key, shop_, address(token), amount);
    }

    function _assertLeft(uint256 expected) private view {
        (uint128 left,,) = sessions.sessionOf(buyer, _key, address(token));
        assertEq(left, expected, "left");
    }

    function _notOpen(uint256 validUntil) private view returns (bytes memory) {
        return abi.encodeWithSelector(ISessions.Sessions_NotOpen.selector, buyer, _key, validUntil);
    }

    function test_Open_IsTheCallersOwn() public {
        uint40 until = uint40(block.timestamp + 1 days);
        vm.expectEmit(address(sessions));
        emit ISessions.SessionOpened(buyer, _key, address(token), LIMIT, 7, until);
        _open(7);
        (uint128 left, uint40 validUntil, uint64 onlyShop) = sessions.sessionOf(buyer, _key, address(token));
        assertEq(left, LIMIT, "left");
        assertEq(validUntil, until, "until");
        assertEq(onlyShop, 7, "shop");
        (left,,) = sessions.sessionOf(stranger, _key, address(token));
        assertEq(left, 0, "nobody else's");
    }

    function test_Open_ReplacesTheOneBefore() public {
        _open(7);
        _spend(7, 1);
        _open(0);
        _assertLeft(LIMIT);
        _spend(8, 1);
    }

    function test_Open_RevertWhen_Senseless() public {
        uint256 time = block.timestamp;
        vm.startPrank(buyer);
        vm.expectRevert(ISessions.Sessions_Invalid.selector);
        sessions.open(address(0), address(token), LIMIT, 0, uint40(time + 1));
        vm.expectRevert(ISessions.Sessions_Invalid.selector);
        sessions.open(_key, address(token), 0, 0, uint40(time + 1));
        vm.expectRevert(ISessions.Sessions_Invalid.selector);
        sessions.open(_key, address(token), LIMIT, 0, uint40(time));
        vm.expectRevert(ISessions.Sessions_Invalid.selector);
        sessions.open(_key, address(token), LIMIT, 0, uint40(time + 30 days + 1));
        sessions.open(_key, address(token), LIMIT, 0, uint40(time + 30 days));
    }

    function test_Spend_TakesOffUntilNothingIsLeft() public {
        _open(0);
        vm.expectEmit(address(sessions));
        emit ISessions.SessionSpent(buyer, _key, address(token), LIMIT - 3);
        _spend(1, 3);
        vm.expectRevert(abi.encodeWithSelector(ISessions.Sessions_OverLimit.selector, LIMIT - 3, LIMIT - 2));
        _spend(1, LIMIT - 2);
        _spend(2, LIMIT - 3);
        vm.expectRevert(abi.encodeWithSelector(ISessions.Sessions_OverLimit.selector, 0, 1));
        _spend(1, 1);
    }

    function test_Spend_OnlyInItsShop() public {
        _open(7);
        vm.expectRevert(abi.encodeWithSelector(ISessions.Sessions_OtherShop.selector, 7, 8));
        _spend(8, 1);
        vm.expectRevert(abi.encodeWithSelector(ISessions.Sessions_OtherShop.selector, 7, 7 + (1 << 64)));
        _spend(7 + (1 << 64), 1);
        _spend(7, 1);
    }

    function test_Spend_OnlyInItsTime() public {
        _open(0);
        uint256 until = block.timestamp + 1 days;
        vm.warp(until);
        _spend(1, 1);
        vm.warp(until + 1);
        vm.expectRevert(_notOpen(until));
        _spend(1, 1);
    }

    function test_Spend_RevertWhen_NeverOpenedOrInAnotherToken() public {
        vm.expectRevert(_notOpen(0));
        _spend(1, 0);
        _open(0);
        vm.expectRevert(_notOpen(0));
        vm.prank(address(book));
        sessions.spend(buyer, _key, 1, NATIVE, 1);
    }

    function test_Spend_RevertWhen_NotTheOrderBook() public {
        _open(0);
        address[3] memory others = [buyer, _key, stranger];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ISessions.Sessions_NotOrderBook.selector, others[i]));
            vm.prank(others[i]);
            sessions.spend(buyer, _key, 1, address(token), 1);
        }
    }

    function test_Revoke_EndsItAtOnce() public {
        _open(0);
        vm.expectRevert(abi.encodeWithSelector(ISessions.Sessions_NotOpen.selector, stranger, _key, 0));
        vm.prank(stranger);
        sessions.revoke(_key, address(token));
        vm.expectEmit(address(sessions));
        emit ISessions.SessionRevoked(buyer, _key, address(token));
        vm.prank(buyer);
        sessions.revoke(_key, address(token));
        vm.expectRevert(_notOpen(0));
        _spend(1, 1);
        vm.expectRevert(_notOpen(0));
        vm.prank(buyer);
        sessions.revoke(_key, address(token));
    }

    function testFuzz_Spend_NeverMoreThanTheLimit(uint128 limit, uint128[10] calldata amounts) public {
        vm.assume(limit != 0);
        vm.prank(buyer);
        sessions.open(_key, address(token), limit, 0, uint40(block.timestamp + 1));
        uint256 spent;
        for (uint256 i = 0; i < amounts.length; ++i) {
            vm.prank(address(book));
            try sessions.spend(buyer, _key, 1, address(token), amounts[i]) {
                spent += amounts[i];
            } catch {
                assertTrue(spent + amounts[i] > limit, "refused without reason");
            }
            _assertLeft(limit - spent);
        }
    }
}
