// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Order} from "../../src/order/IOrderBook.sol";
import {Batch} from "../../src/platform/Batch.sol";
import {ITabs, Payee, TabState} from "../../src/tab/ITabs.sol";
import {ChannelTest} from "../support/ChannelTest.sol";

/// claim, finish and release: what one side brings alone
contract ClaimTabTest is ChannelTest {
    function test_Claim_SetsAsideWhatIsOwed() public {
        uint40 payableFrom = uint40(block.timestamp + 1 hours);
        vm.expectEmit(address(tabs));
        emit ITabs.TabClaimed(buyer, tabKey, address(token), 3, 70, true, uint128(LIMIT - 70), payableFrom);
        _claimByOperator(3, 70);
        _assertClaim(3, 70, true, payableFrom);
        assertEq(_left(), LIMIT - 70, "left");
        assertEq(_balance(address(tabs)), LIMIT, "held");
    }

    function test_Claim_OrdersCannotEatIntoIt() public {
        _claimByOperator(3, uint128(LIMIT - TOTAL));
        _placeFromTab(_order());
        Order memory order = _order();
        assertEq(_left(), 0, "left");
        vm.expectRevert(_overLimit(0, 1));
        vm.prank(address(book));
        tabs.spend(buyer, tabKey, shopId, address(token), 1, operator);
        assertTrue(order.quantity == 1, "order");
    }

    function test_Claim_ByAccountOrKey() public {
        _claimByAccount(3, 70);
        _assertClaim(3, 70, false, block.timestamp + 1 hours);
        vm.warp(block.timestamp + 1 hours);
        (TabState memory state, Payee[] memory payees) = _state(3, 70);
        _finish(payees);
        state.epoch = 1;
        bytes memory signature = _byOperator(state);
        vm.prank(tabKey);
        tabs.claim(state, false, signature);
        _assertClaim(3, 70, false, block.timestamp + 1 hours);
    }

    /// As with orders: whoever has the batch call is who claims.
    function test_Claim_ThroughTheBatch() public {
        (TabState memory state,) = _state(3, 70);
        Batch.Call[] memory calls = new Batch.Call[](1);
        calls[0] = Batch.Call(address(tabs), abi.encodeCall(ITabs.claim, (state, true, _byKey(state))));
        vm.expectRevert(abi.encodeWithSelector(Batch.Batch_CallFailed.selector, 0, _notParty(stranger)));
        vm.prank(stranger);
        batch.run(calls);
        vm.prank(operator);
        batch.run(calls);
        _assertClaim(3, 70, true, block.timestamp + 1 hours);
    }

    /// A state that only one side has signed is nobody's debt: who claims is one side, who signed is the other.
    function test_Claim_RevertWhen_NotOfBothSides() public {
        (TabState memory state,) = _state(3, 70);
        _expectClaim(_notParty(buyer), buyer, state, true);
        _expectClaim(_notParty(stranger), stranger, state, true);
        _expectClaim(_notParty(operator), operator, state, false);
        _expectClaim(_notParty(stranger), stranger, state, false);
        bytes memory own = _byOperator(state);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_InvalidSignature.selector, tabKey));
        vm.prank(operator);
        tabs.claim(state, true, own);
        own = _byKey(state);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_InvalidSignature.selector, operator));
        vm.prank(buyer);
        tabs.claim(state, false, own);
    }

    function test_Claim_RevertWhen_MoreThanThereIs() public {
        _placeFromTab(_order());
        (TabState memory state,) = _state(3, uint128(LIMIT - TOTAL + 1));
        _expectClaim(_overLimit(LIMIT - TOTAL, LIMIT - TOTAL + 1), operator, state, true);
    }

    function test_Claim_RevertWhen_OneIsPending() public {
        _claimByOperator(3, 70);
        (TabState memory state,) = _state(4, 77);
        _expectClaim(
            abi.encodeWithSelector(ITabs.Tabs_Claimed.selector, block.timestamp + 1 hours), operator, state, true
        );
    }

    function test_Claim_OnlyInTheTabsTime() public {
        vm.warp(until + 1);
        (TabState memory state,) = _state(3, 70);
        _expectClaim(abi.encodeWithSelector(ITabs.Tabs_NotOpen.selector, buyer, tabKey, until), operator, state, true);
        vm.warp(until);
        _claimByOperator(3, 70);
    }

    function test_Claim_RevertWhen_NeverOpened() public {
        (TabState memory state,) = _state(3, 70);
        state.token = NATIVE;
        _expectClaim(abi.encodeWithSelector(ITabs.Tabs_NotOpen.selector, buyer, tabKey, 0), operator, state, true);
    }

    function test_Claim_RevertWhen_PaidBefore() public {
        Payee[] memory payees = _claimByOperator(3, 70);
        vm.warp(block.timestamp + 1 hours);
        _finish(payees);
        (TabState memory state,) = _state(3, 70);
        _expectClaim(_stale(0, 3), operator, state, true);
    }

    // finish

    function test_Finish_PaysAndTheTabGoesOn() public {
        Payee[] memory payees = _claimByOperator(3, 70);
        uint256 payableFrom = block.timestamp + 1 hours;
        vm.warp(payableFrom - 1);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_TooEarly.selector, payableFrom));
        _finish(payees);
        vm.warp(payableFrom);
        bytes32 purchases = keccak256(abi.encode("purchases", uint64(3)));
        vm.expectEmit(address(tabs));
        emit ITabs.TabSettled(buyer, tabKey, address(token), 0, 3, 70, uint128(LIMIT - 70), purchases, false);
        vm.prank(stranger);
        _finish(payees);
        _assertClaim(0, 0, false, 0);
        assertEq(_balance(SHOP_ACCOUNT), 60, "shop");
        assertEq(_balance(friend), 10, "friend");
        (uint128 left,,,, uint24 epoch) = tabs.tabOf(buyer, tabKey, address(token));
        assertEq(left, LIMIT - 70, "left");
        assertEq(epoch, 1, "epoch");
        _placeFromTab(_order());
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_NotClaimed.selector));
        _finish(payees);
    }

    function test_Finish_RevertWhen_PayeesDoNotMatch() public {
        _claimByOperator(3, 70);
        (, Payee[] memory others) = _state(3, 77);
        vm.warp(block.timestamp + 1 hours);
        vm.expectRevert(_wrongPayees());
        _finish(others);
    }

    // release

    function test_Release_WaitsForTheClaim() public {
        vm.warp(until);
        Payee[] memory payees = _claimByOperator(3, 70);
        vm.warp(until + 1);
        bytes memory claimed = abi.encodeWithSelector(ITabs.Tabs_Claimed.selector, until + 1 hours);
        vm.expectRevert(claimed);
        tabs.release(buyer, tabKey, address(token));
        vm.warp(until + 1 hours + 7 days);
        vm.expectRevert(claimed);
        tabs.release(buyer, tabKey, address(token));
        _finish(payees);
        tabs.release(buyer, tabKey, address(token));
        assertEq(_balance(buyer), RICH - 70, "buyer");
    }

    /// Otherwise a claim whose payees nobody tells would hold the rest for good.
    function test_Release_AClaimThatNobodyFinishesLapses() public {
        Payee[] memory payees = _claimByOperator(3, 70);
        vm.warp(block.timestamp + 1 hours + 7 days + 1);
        tabs.release(buyer, tabKey, address(token));
        assertEq(_balance(buyer), RICH, "buyer");
        assertEq(_balance(address(tabs)), 0, "held");
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_NotClaimed.selector));
        _finish(payees);
    }

    // All of it

    function testFuzz_MoneyIsNeitherMadeNorLost(uint64 spent, uint64 corrected, bool byOperator, bool finished) public {
        uint128 first = uint128(bound(spent, 0, LIMIT));
        uint128 second = uint128(bound(corrected, 0, LIMIT));
        if (byOperator) _claimByOperator(3, first);
        else _claimByAccount(3, first);
        _assertHeld();
        Payee[] memory payees = _challenge(4, second, byOperator);
        _assertHeld();
        vm.warp(block.timestamp + 1 hours);
        if (finished) _finish(payees);
        _assertHeld();
        vm.warp(block.timestamp + 8 days);
        tabs.release(buyer, tabKey, address(token));
        assertEq(_balance(address(tabs)), 0, "held");
        assertEq(_balance(buyer), RICH - (finished ? second : 0), "buyer");
        assertEq(_balance(SHOP_ACCOUNT) + _balance(friend), finished ? second : 0, "payees");
    }

    function _assertHeld() private view {
        (, uint128 spent,,) = tabs.claimOf(buyer, tabKey, address(token));
        assertEq(_balance(address(tabs)), _left() + spent, "held");
    }
}
