// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOperators, Receipt} from "../../src/operator/IOperators.sol";
import {ITabs, Payee, TabState} from "../../src/tab/ITabs.sol";
import {FraudTest} from "./FraudTest.sol";

/// An operator that breaks its word on what was bought on a tab: old states, states signed twice, states settled twice.
contract FraudTabStatesTest is FraudTest {
    uint256 private constant FREE = RICH - ASIDE;
    uint128 private constant HUNDRED = 100e6;

    /// Bought for a hundred, sixty came back, and the operator brings the hundred.
    function test_AnOldStateIsCorrectedAndPaidFor() public {
        (TabState memory old, TabState memory newest) = (_state(1, HUNDRED), _state(2, 40e6));
        _claim(old);
        _assertMoney(FREE, FREE, 0, 0, BOND, 2 * ASIDE);
        bytes memory signature = _byOperator(newest);
        uint40 payableFrom = uint40(block.timestamp + 1 hours);
        vm.expectEmit(address(tabs));
        emit ITabs.TabCorrected(
            buyer, tabKey, address(token), 2, 40e6, uint128(ASIDE - 40e6), payableFrom, 60e6
        );
        vm.prank(tabKey);
        tabs.challenge(newest, signature);
        _assertMoney(FREE + 60e6, FREE, 0, 60e6, BOND - 120e6, 2 * ASIDE);
        _finish(newest);
        _assertMoney(FREE + 60e6, FREE, 40e6, 60e6, BOND - 120e6, 2 * ASIDE - 40e6);
        _release(buyer, tabKey);
        _assertMoney(RICH + 60e6 - 40e6, FREE, 40e6, 60e6, BOND - 120e6, ASIDE);
    }

    /// The voucher is replayed: the same version stands for two different purchases, and both want to be paid.
    function test_AStateSignedTwiceIsPaidFor() public {
        (TabState memory one, TabState memory other) = (_state(1, HUNDRED), _state(1, 70e6));
        _claim(one);
        _conflict(one, other);
        _assertMoney(FREE + HUNDRED, FREE, 0, HUNDRED, BOND - 2 * HUNDRED, 2 * ASIDE);
        _finish(one);
        _assertMoney(FREE + HUNDRED, FREE, HUNDRED, HUNDRED, BOND - 2 * HUNDRED, 2 * ASIDE - HUNDRED);
        _expectConflict(other, one, abi.encodeWithSelector(IOperators.Operators_AlreadyClaimed.selector, _subject(one)));
    }

    /// Any difference counts: to whom, for what, and whether it is the end.
    function test_StatesConflictInAnyField() public {
        TabState memory one = _state(3, 10e6);
        for (uint256 i = 0; i < 4; ++i) {
            TabState memory other = abi.decode(abi.encode(one), (TabState));
            if (i == 0) other.payees = "others";
            if (i == 1) other.purchases = "others";
            if (i == 2) other.closing = true;
            if (i == 3) other.spent += 5e6;
            (one.version, other.version) = (uint64(3 + i), uint64(3 + i));
            _conflict(one, other);
        }
        _assertMoney(FREE + 45e6, FREE, 0, 45e6, BOND - 90e6, 2 * ASIDE);
    }

    function test_RevertWhen_StatesCanBothBeTrue() public {
        TabState memory one = _state(3, 10e6);
        bytes memory reason = abi.encodeWithSelector(IOperators.Operators_NoConflict.selector);
        _expectConflict(one, one, reason);
        for (uint256 i = 0; i < 5; ++i) {
            TabState memory other = abi.decode(abi.encode(one), (TabState));
            other.spent = 20e6;
            if (i == 0) other.version += 1;
            if (i == 1) other.epoch += 1;
            if (i == 2) other.key = secondKey;
            if (i == 3) other.account = second;
            if (i == 4) other.token = NATIVE;
            _expectConflict(one, other, reason);
        }
    }

    function test_RevertWhen_TheOperatorSignedOnlyOne() public {
        (TabState memory one, TabState memory other) = (_state(3, 10e6), _state(3, 20e6));
        bytes memory reason = abi.encodeWithSelector(IOperators.Operators_InvalidSignature.selector, operatorId);
        (bytes memory signed, bytes memory byKey) = (_byOperator(one), _byKey(other));
        vm.expectRevert(reason);
        operators.claimConflictingTabStates(operatorId, one, signed, other, byKey);
        vm.expectRevert(reason);
        operators.claimConflictingTabStates(operatorId, other, byKey, one, signed);
    }

    /// Two states over one unit, shown by the operator itself, do not use the true proof up.
    function test_AForgedSmallConflictDoesNotStandInTheWay() public {
        _conflict(_state(5, 1), _state(5, 2));
        _assertMoney(FREE + 2, FREE, 0, 2, BOND - 4, 2 * ASIDE);
        _conflict(_state(5, HUNDRED), _state(5, 50e6));
        _assertMoney(FREE + HUNDRED, FREE, 0, HUNDRED, BOND - 2 * HUNDRED, 2 * ASIDE);
    }

    /// Nor does a receipt whose order is named like the proof.
    function test_AReceiptDoesNotUseUpAProofOfStates() public {
        (TabState memory one, TabState memory newer) = (_state(5, HUNDRED), _state(6, 1));
        bytes32[2] memory subjects = [_subject(one), tabs.digestOf(newer)];
        for (uint256 i = 0; i < 2; ++i) {
            Receipt memory receipt = _promise(_order(), 0);
            (receipt.orderId, receipt.total, receipt.byBlock) = (subjects[i], uint128(HUNDRED), 0);
            _claimDropped(receipt);
        }
        _assertMoney(FREE + 2 * HUNDRED, FREE, 0, 2 * HUNDRED, BOND - 4 * HUNDRED, 2 * ASIDE);
        _conflict(one, _state(5, 1));
        _claim(one);
        _challenge(newer);
        _assertMoney(FREE + 4 * HUNDRED - 1, FREE, 0, 4 * HUNDRED - 1, BOND - 8 * HUNDRED + 2, 2 * ASIDE);
    }

    /// What is settled is settled: the same state is owed once.
    function test_RevertWhen_ASettledStateIsBroughtAgain() public {
        TabState memory state = _state(4, HUNDRED);
        _claim(state);
        _finish(state);
        _assertMoney(FREE, FREE, HUNDRED, 0, BOND, 2 * ASIDE - HUNDRED);
        bytes memory signature = _byKey(state);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_Stale.selector, 0, 4));
        vm.prank(operator);
        tabs.claim(state, true, signature);
        vm.expectRevert(ITabs.Tabs_NotClaimed.selector);
        tabs.finish(buyer, tabKey, address(token), _payees(HUNDRED));
    }

    /// One tab's state on another: of the same account in coin, of another account with the same key, of another chain.
    function test_RevertWhen_AStateIsBroughtElsewhere() public {
        _openTab(second, tabKey, ASIDE, 0, tabUntil);
        vm.deal(buyer, ASIDE);
        vm.prank(buyer);
        book.deposit{value: ASIDE}(buyer, NATIVE, ASIDE);
        vm.prank(buyer);
        book.transferAndCall(NATIVE, address(tabs), ASIDE, abi.encode(tabKey, 0, tabUntil, operatorId));
        TabState memory state = _state(1, HUNDRED);
        bytes memory signature = _byKey(state);
        bytes memory reason = abi.encodeWithSelector(ITabs.Tabs_InvalidSignature.selector, tabKey);
        TabState memory elsewhere = abi.decode(abi.encode(state), (TabState));
        elsewhere.token = NATIVE;
        _expectClaim(reason, elsewhere, signature);
        (elsewhere.token, elsewhere.account) = (address(token), second);
        _expectClaim(reason, elsewhere, signature);
        vm.chainId(5);
        _expectClaim(reason, state, signature);
    }

    /// The account brings an old state of its own: the operator's answer takes its place, and no bond is touched.
    function test_AnAccountsOldStateIsCorrectedToo() public {
        (TabState memory old, TabState memory newest) = (_state(1, 1), _state(2, HUNDRED));
        bytes memory signature = _byOperator(old);
        vm.prank(buyer);
        tabs.claim(old, false, signature);
        signature = _byKey(newest);
        vm.prank(operator);
        tabs.challenge(newest, signature);
        _finish(newest);
        _assertMoney(FREE, FREE, HUNDRED, 0, BOND, 2 * ASIDE - HUNDRED);
    }

    /// While a state is claimed orders take only from what is left besides it, and the account's money does not come back.
    function test_NeitherOrdersNorTheEndOfTheTabTakeWhatIsClaimed() public {
        TabState memory state = _state(1, uint128(ASIDE - TOTAL));
        _claim(state);
        _settleOrder(_order(), "tab key");
        vm.prank(buyer);
        tabs.close(tabKey, address(token));
        uint256 payableFrom = block.timestamp + 1 hours;
        vm.warp(block.timestamp + 10 minutes + 1);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_Claimed.selector, payableFrom));
        tabs.release(buyer, tabKey, address(token));
        _finish(state);
        tabs.release(buyer, tabKey, address(token));
        _assertMoney(FREE, FREE, ASIDE - TOTAL, 0, BOND, ASIDE);
    }

    /// A correction needs nothing of the bond; what it still holds goes out by halves.
    function test_ACorrectionCountsWithAnEmptyBond() public {
        Receipt memory all = _promise(_order(), 0);
        (all.buyer, all.total, all.byBlock) = (stranger, uint128(BOND), 0);
        _claimDropped(all);
        _claim(_state(1, HUNDRED));
        _challenge(_state(2, 0));
        _finish(_state(2, 0));
        _release(buyer, tabKey);
        _assertMoney(RICH, FREE, 0, BOND / 2, 0, ASIDE);
    }

    /// An end that both signed long ago pays what it says and no more, whatever came after it: its account loses nothing by it.
    function test_AnEndIsSettledOnce() public {
        TabState memory end = _state(9, HUNDRED);
        end.closing = true;
        (bytes memory byKey, bytes memory byOperator) = (_byKey(end), _byOperator(end));
        Payee[] memory payees = _payees(HUNDRED);
        tabs.settle(end, payees, byKey, byOperator);
        _assertMoney(RICH - HUNDRED, FREE, HUNDRED, 0, BOND, ASIDE);
        bytes memory reason = abi.encodeWithSelector(ITabs.Tabs_NotOpen.selector, buyer, tabKey, block.timestamp - 1);
        vm.expectRevert(reason);
        tabs.settle(end, payees, byKey, byOperator);
        vm.expectRevert(reason);
        vm.prank(operator);
        tabs.claim(end, true, byKey);
        // The key's signatures never meet another tab.
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_KeyUsed.selector, buyer, tabKey));
        vm.prank(buyer);
        book.transferAndCall(address(token), address(tabs), ASIDE, abi.encode(tabKey, 0, tabUntil, operatorId));
    }

    function test_RevertWhen_SomebodyElseAsksForCompensation() public {
        vm.expectRevert(abi.encodeWithSelector(IOperators.Operators_NotTabs.selector, stranger));
        vm.prank(stranger);
        operators.compensate(operatorId, "subject", stranger, address(token), 1);
    }

    function _claim(TabState memory state) private {
        bytes memory signature = _byKey(state);
        vm.prank(operator);
        tabs.claim(state, true, signature);
    }

    function _challenge(TabState memory state) private {
        bytes memory signature = _byOperator(state);
        vm.prank(buyer);
        tabs.challenge(state, signature);
    }

    function _expectClaim(bytes memory reason, TabState memory state, bytes memory signature) private {
        vm.expectRevert(reason);
        vm.prank(operator);
        tabs.claim(state, true, signature);
    }

    function _conflict(TabState memory a, TabState memory b) private {
        operators.claimConflictingTabStates(operatorId, a, _byOperator(a), b, _byOperator(b));
    }

    function _expectConflict(TabState memory a, TabState memory b, bytes memory reason) private {
        (bytes memory first, bytes memory other) = (_byOperator(a), _byOperator(b));
        vm.expectRevert(reason);
        operators.claimConflictingTabStates(operatorId, a, first, b, other);
    }

    function _subject(TabState memory state) private pure returns (bytes32) {
        return keccak256(abi.encode(state.account, state.key, state.token, state.epoch, state.version));
    }
}
