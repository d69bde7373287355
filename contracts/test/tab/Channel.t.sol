// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVault} from "../../src/order/IVault.sol";
import {Order} from "../../src/order/IOrderBook.sol";
import {ITabs, Payee, TabState} from "../../src/tab/ITabs.sol";
import {TabTest} from "../support/TabTest.sol";

/// settle, claim, challenge, finish: what is bought on a tab, paid by both sides or by one alone
contract ChannelTest is TabTest {
    function _settle(TabState memory state, Payee[] memory payees) private {
        tabs.settle(state, payees, _byKey(state), _byOperator(state));
    }

    function _expectSettle(bytes memory reason, TabState memory state, Payee[] memory payees) private {
        (bytes memory byKey, bytes memory byOperator) = (_byKey(state), _byOperator(state));
        vm.expectRevert(reason);
        tabs.settle(state, payees, byKey, byOperator);
    }

    function _expectClaim(bytes memory reason, address caller, TabState memory state, bool byOperator) private {
        bytes memory signature = byOperator ? _byKey(state) : _byOperator(state);
        vm.expectRevert(reason);
        vm.prank(caller);
        tabs.claim(state, byOperator, signature);
    }

    function _challenge(uint64 version, uint128 spent, bool againstOperator) private returns (Payee[] memory payees) {
        TabState memory state;
        (state, payees) = _state(version, spent);
        bytes memory signature = againstOperator ? _byOperator(state) : _byKey(state);
        vm.prank(againstOperator ? buyer : operator);
        tabs.challenge(state, signature);
    }

    function _expectChallenge(bytes memory reason, address caller, TabState memory state, bool byOperator) private {
        bytes memory signature = byOperator ? _byOperator(state) : _byKey(state);
        vm.expectRevert(reason);
        vm.prank(caller);
        tabs.challenge(state, signature);
    }

    function _assertClaim(uint64 version, uint128 spent, bool byOperator, uint256 payableFrom) private view {
        (uint64 v, uint128 s, bool o, uint40 p) = tabs.claimOf(buyer, tabKey, address(token));
        assertEq(v, version, "version");
        assertEq(s, spent, "spent");
        assertTrue(o == byOperator, "whose");
        assertEq(p, payableFrom, "payable from");
    }

    function _finish(Payee[] memory payees) private {
        tabs.finish(buyer, tabKey, address(token), payees);
    }

    function _stale(uint24 epoch, uint64 version) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ITabs.Tabs_Stale.selector, epoch, version);
    }

    function _wrongPayees() private pure returns (bytes memory) {
        return abi.encodeWithSelector(ITabs.Tabs_WrongPayees.selector);
    }

    function _notParty(address caller) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ITabs.Tabs_NotParty.selector, caller);
    }

    function _overLimit(uint256 left, uint256 wanted) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ITabs.Tabs_OverLimit.selector, left, wanted);
    }

    // settle

    function test_Settle_PaysAtOnceAndEndsTheTab() public {
        (TabState memory state, Payee[] memory payees) = _closing(9, 70);
        (bytes memory byKey, bytes memory byOperator) = (_byKey(state), _byOperator(state));
        vm.expectEmit(address(tabs));
        emit ITabs.TabSettled(buyer, tabKey, address(token), 0, 9, 70, uint128(LIMIT - 70), state.purchases);
        vm.expectEmit(address(tabs));
        emit ITabs.TabReleased(buyer, tabKey, address(token), uint128(LIMIT - 70));
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

    // claim

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

    // challenge

    function test_Challenge_AnOperatorCaughtPaysTheDifference() public {
        _post(1000);
        _claimByOperator(3, 100);
        (TabState memory state,) = _state(5, 70);
        bytes memory signature = _byOperator(state);
        uint40 payableFrom = uint40(block.timestamp + 1 hours);
        vm.expectEmit(address(tabs));
        emit ITabs.TabCorrected(buyer, tabKey, address(token), 5, 70, uint128(LIMIT - 70), payableFrom, 30);
        vm.prank(tabKey);
        tabs.challenge(state, signature);
        _assertClaim(5, 70, false, payableFrom);
        assertEq(_left(), LIMIT - 70, "left");
        assertEq(_balance(buyer), RICH - LIMIT + 30, "compensated");
        assertEq(_balance(feeRecipient), 30, "as much again");
        assertEq(operators.bondOf(operatorId, address(token)), 940, "bond");
    }

    function test_Challenge_WithoutABondTheNewerStateStandsAllTheSame() public {
        _claimByOperator(3, 100);
        Payee[] memory payees = _challenge(5, 70, true);
        assertEq(_balance(buyer), RICH - LIMIT, "nothing to compensate with");
        vm.warp(block.timestamp + 1 hours);
        _finish(payees);
        assertEq(_balance(SHOP_ACCOUNT), 60, "shop");
        assertEq(_left(), LIMIT - 70, "left");
    }

    function test_Challenge_NobodyIsCompensatedForHavingBoughtMore() public {
        _post(1000);
        _claimByOperator(3, 70);
        _challenge(4, 77, true);
        assertEq(operators.bondOf(operatorId, address(token)), 1000, "bond");
        assertEq(_left(), LIMIT - 77, "left");
    }

    function test_Challenge_AnAccountCaughtPaysWhatItOwes() public {
        _claimByAccount(1, 7);
        Payee[] memory payees = _challenge(8, 700, false);
        _assertClaim(8, 700, true, block.timestamp + 1 hours);
        vm.warp(block.timestamp + 1 hours);
        _finish(payees);
        assertEq(_balance(SHOP_ACCOUNT), 600, "shop");
    }

    /// Each side has its turn, then the newest stands: three hours at most, whatever both have signed.
    function test_Challenge_IsBounded() public {
        _claimByAccount(1, 7);
        _challenge(2, 14, false);
        vm.warp(block.timestamp + 59 minutes);
        Payee[] memory payees = _challenge(3, 21, true);
        (TabState memory state,) = _state(4, 28);
        uint256 payableFrom = block.timestamp + 1 hours;
        _expectChallenge(abi.encodeWithSelector(ITabs.Tabs_TooLate.selector, payableFrom), operator, state, false);
        vm.warp(payableFrom);
        _finish(payees);
        assertEq(_balance(SHOP_ACCOUNT), 18, "shop");
    }

    function test_Challenge_RevertWhen_NotOfBothSides() public {
        _claimByOperator(3, 70);
        (TabState memory state,) = _state(4, 60);
        // The claimer cannot correct itself to whatever it likes, nor can anybody for it.
        _expectChallenge(_notParty(operator), operator, state, true);
        _expectChallenge(_notParty(stranger), stranger, state, true);
        bytes memory own = _byKey(state);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_InvalidSignature.selector, operator));
        vm.prank(buyer);
        tabs.challenge(state, own);
    }

    function test_Challenge_RevertWhen_NotTheOperator() public {
        _claimByAccount(3, 70);
        (TabState memory state,) = _state(4, 77);
        _expectChallenge(_notParty(buyer), buyer, state, false);
        bytes memory own = _byOperator(state);
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_InvalidSignature.selector, tabKey));
        vm.prank(operator);
        tabs.challenge(state, own);
    }

    function test_Challenge_RevertWhen_NotNewer() public {
        _claimByOperator(3, 70);
        (TabState memory state,) = _state(3, 60);
        _expectChallenge(_stale(0, 3), buyer, state, true);
        (state,) = _state(2, 60);
        _expectChallenge(_stale(0, 2), buyer, state, true);
        state.version = 4;
        state.epoch = 1;
        _expectChallenge(_stale(1, 4), buyer, state, true);
    }

    function test_Challenge_RevertWhen_TooLateOrNothingIsClaimed() public {
        (TabState memory state,) = _state(4, 60);
        _expectChallenge(abi.encodeWithSelector(ITabs.Tabs_NotClaimed.selector), buyer, state, true);
        _claimByOperator(3, 70);
        uint256 payableFrom = block.timestamp + 1 hours;
        vm.warp(payableFrom);
        _expectChallenge(abi.encodeWithSelector(ITabs.Tabs_TooLate.selector, payableFrom), buyer, state, true);
        vm.warp(payableFrom - 1);
        _challenge(4, 60, true);
    }

    function test_Challenge_RevertWhen_MoreThanThereIs() public {
        _claimByAccount(3, 70);
        (TabState memory state,) = _state(4, uint128(LIMIT + 1));
        _expectChallenge(_overLimit(LIMIT, LIMIT + 1), operator, state, false);
        _challenge(4, uint128(LIMIT), false);
        assertEq(_left(), 0, "left");
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
        emit ITabs.TabSettled(buyer, tabKey, address(token), 0, 3, 70, uint128(LIMIT - 70), purchases);
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
