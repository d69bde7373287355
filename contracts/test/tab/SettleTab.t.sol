// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Batch} from "../../src/platform/Batch.sol";
import {IVault} from "../../src/order/IVault.sol";
import {ITabs, Payee, TabState} from "../../src/tab/ITabs.sol";
import {ChannelTest} from "../support/ChannelTest.sol";

/// settle: what both sides signed, paid at once
contract SettleTabTest is ChannelTest {
    function test_Settle_PaysAtOnceAndEndsTheTab() public {
        (TabState memory state, Payee[] memory payees) = _closing(9, 70);
        (bytes memory byKey, bytes memory byOperator) = (_byKey(state), _byOperator(state));
        vm.expectEmit(address(tabs));
        emit ITabs.TabSettled(buyer, tabKey, address(token), 0, 9, 70, uint128(LIMIT - 70), state.purchases, true);
        vm.prank(stranger);
        tabs.settle(state, payees, byKey, byOperator);
        assertEq(_balance(SHOP_ACCOUNT), 60, "shop");
        assertEq(_balance(friend), 10, "friend");
        assertEq(_balance(buyer), RICH - 70, "buyer");
        assertEq(_balance(address(tabs)), 0, "held");
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_NotOpen.selector, buyer, tabKey, block.timestamp - 1));
        vm.prank(address(book));
        tabs.spend(buyer, tabKey, 1, address(token), 0, operator);
        _expectSettle(
            abi.encodeWithSelector(ITabs.Tabs_NotOpen.selector, buyer, tabKey, block.timestamp - 1), state, payees
        );
    }

    /// Who calls has signed: the operator brings the key's signature alone, by itself or in a batch.
    function test_Settle_TheOperatorNeedNotSignWhatItBrings() public {
        (TabState memory state, Payee[] memory payees) = _closing(9, 70);
        bytes memory byKey = _byKey(state);
        vm.prank(operator);
        tabs.settle(state, payees, byKey, "");
        assertEq(_balance(buyer), RICH - 70, "buyer");
    }

    function test_Settle_InTheOperatorsBatchAndNobodyElses() public {
        (TabState memory state, Payee[] memory payees) = _closing(9, 70);
        bytes memory byKey = _byKey(state);
        Batch.Call[] memory calls = new Batch.Call[](1);
        calls[0] = Batch.Call(address(tabs), abi.encodeCall(ITabs.settle, (state, payees, byKey, "")));
        address[3] memory others = [buyer, tabKey, stranger];
        for (uint256 i = 0; i < others.length; ++i) {
            bytes memory reason = abi.encodeWithSelector(ITabs.Tabs_InvalidSignature.selector, operator);
            vm.expectRevert(reason);
            vm.prank(others[i]);
            tabs.settle(state, payees, byKey, "");
            vm.expectRevert(abi.encodeWithSelector(Batch.Batch_CallFailed.selector, 0, reason));
            vm.prank(others[i]);
            batch.run(calls);
        }
        vm.prank(operator);
        batch.run(calls);
        assertEq(_balance(buyer), RICH - 70, "buyer");
    }

    function test_Settle_OfEverythingGivesNothingBack() public {
        (TabState memory state, Payee[] memory payees) = _closing(9, uint128(LIMIT));
        _settle(state, payees);
        assertEq(_balance(address(tabs)), 0, "held");
        assertEq(_balance(buyer), RICH - LIMIT, "buyer");
    }

    function test_Settle_AlsoWhenTheTabIsOver() public {
        vm.warp(until + 1);
        (TabState memory state, Payee[] memory payees) = _closing(1, uint128(LIMIT));
        _settle(state, payees);
        assertEq(_balance(address(tabs)), 0, "held");
        assertEq(_balance(buyer), RICH - LIMIT, "buyer");
        (, uint40 validUntil,,,) = tabs.tabOf(buyer, tabKey, address(token));
        assertEq(validUntil, until, "ended when it ended");
    }

    function test_Settle_RevertWhen_NotMeantToBePaidAtOnce() public {
        (TabState memory state, Payee[] memory payees) = _state(1, 70);
        _expectSettle(abi.encodeWithSelector(ITabs.Tabs_NotClosing.selector), state, payees);
    }

    function test_Settle_RevertWhen_EitherHasNotSigned() public {
        (TabState memory state, Payee[] memory payees) = _closing(1, 70);
        (bytes memory byKey, bytes memory byOperator) = (_byKey(state), _byOperator(state));
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_InvalidSignature.selector, tabKey));
        tabs.settle(state, payees, byOperator, byOperator);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_InvalidSignature.selector, operator));
        tabs.settle(state, payees, byKey, byKey);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_InvalidSignature.selector, operator));
        tabs.settle(state, payees, byKey, "");
        state.spent = 69;
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_InvalidSignature.selector, tabKey));
        tabs.settle(state, payees, byKey, byOperator);
    }

    function test_Settle_RevertWhen_TheTabCannotPayIt() public {
        (TabState memory state, Payee[] memory payees) = _closing(1, uint128(LIMIT + 1));
        _expectSettle(_overLimit(LIMIT, LIMIT + 1), state, payees);
    }

    function test_Settle_RevertWhen_PayeesDoNotMatch() public {
        (TabState memory state, Payee[] memory payees) = _closing(1, 70);
        (, Payee[] memory others) = _closing(1, 77);
        _expectSettle(_wrongPayees(), state, others);
        payees[0].amount += 1;
        state.payees = keccak256(abi.encode(payees));
        _expectSettle(_wrongPayees(), state, payees);
        payees[0].amount -= 2;
        state.payees = keccak256(abi.encode(payees));
        _expectSettle(_wrongPayees(), state, payees);
    }

    function test_Settle_PaysAtMost64() public {
        (TabState memory state,) = _closing(1, 64);
        Payee[] memory payees = new Payee[](65);
        for (uint256 i = 0; i < 64; ++i) payees[i] = Payee(friend, 1);
        payees[64] = Payee(friend, 0);
        state.payees = keccak256(abi.encode(payees));
        _expectSettle(_wrongPayees(), state, payees);
        assembly ("memory-safe") {
            mstore(payees, 64)
        }
        state.payees = keccak256(abi.encode(payees));
        _settle(state, payees);
        assertEq(_balance(friend), 64, "friend");
    }

    function test_Settle_RevertWhen_APayeeIsNobody() public {
        (TabState memory state, Payee[] memory payees) = _closing(1, 70);
        payees[1].account = address(0);
        state.payees = keccak256(abi.encode(payees));
        _expectSettle(abi.encodeWithSelector(IVault.Vault_InvalidRecipient.selector, address(0)), state, payees);
    }

    function test_Settle_EndsAClaim() public {
        _claimByOperator(4, 100);
        (TabState memory state, Payee[] memory payees) = _closing(4, 70);
        _settle(state, payees);
        _assertClaim(0, 0, false, 0);
        assertEq(_balance(buyer), RICH - 70, "buyer");
        assertEq(_balance(address(tabs)), 0, "held");
        vm.warp(until + 1 days);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_NotClaimed.selector));
        _finish(payees);
    }

    function test_Settle_RevertWhen_ANewerStateIsClaimed() public {
        _claimByOperator(4, 100);
        (TabState memory state, Payee[] memory payees) = _closing(3, 70);
        _expectSettle(_stale(0, 3), state, payees);
    }

    function test_Settle_RevertWhen_TheEpochIsSettled() public {
        Payee[] memory paid = _claimByOperator(4, 70);
        vm.warp(block.timestamp + 1 hours);
        _finish(paid);
        (TabState memory state, Payee[] memory payees) = _closing(5, 77);
        _expectSettle(_stale(0, 5), state, payees);
        state.epoch = 2;
        _expectSettle(_stale(2, 5), state, payees);
        state.epoch = 1;
        _settle(state, payees);
        assertEq(_balance(buyer), RICH - 147, "both");
    }

    function test_DigestOf_IsTypedData() public view {
        (TabState memory state,) = _closing(9, 70);
        bytes32 typeHash = keccak256(
            "TabState(address account,address key,address token,uint24 epoch,uint64 version,uint128 spent,bytes32 payees,bytes32 purchases,bool closing)"
        );
        bytes32 structHash = keccak256(
            abi.encode(
                typeHash, buyer, tabKey, address(token), state.epoch, 9, 70, state.payees, state.purchases, true
            )
        );
        bytes32 expected = keccak256(abi.encodePacked(hex"1901", _domain("Kaishi Tabs", address(tabs)), structHash));
        assertEq(tabs.digestOf(state), expected, "digest");
    }
}
