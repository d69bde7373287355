// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITabs, Payee, TabState} from "../../src/tab/ITabs.sol";
import {ChannelTest} from "../support/ChannelTest.sol";

/// challenge: the other side answers a claim
contract ChallengeTabTest is ChannelTest {
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
}
