// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITabs, Payee, TabState} from "../../src/tab/ITabs.sol";
import {TabTest} from "./TabTest.sol";

/// @notice What is bought on a tab: brought by both sides or by one, and why it is refused.
abstract contract ChannelTest is TabTest {
    function _settle(TabState memory state, Payee[] memory payees) internal {
        tabs.settle(state, payees, _byKey(state), _byOperator(state));
    }

    function _expectSettle(bytes memory reason, TabState memory state, Payee[] memory payees) internal {
        (bytes memory byKey, bytes memory byOperator) = (_byKey(state), _byOperator(state));
        vm.expectRevert(reason);
        tabs.settle(state, payees, byKey, byOperator);
    }

    function _expectClaim(bytes memory reason, address caller, TabState memory state, bool byOperator) internal {
        bytes memory signature = byOperator ? _byKey(state) : _byOperator(state);
        vm.expectRevert(reason);
        vm.prank(caller);
        tabs.claim(state, byOperator, signature);
    }

    function _challenge(uint64 version, uint128 spent, bool againstOperator) internal returns (Payee[] memory payees) {
        TabState memory state;
        (state, payees) = _state(version, spent);
        bytes memory signature = againstOperator ? _byOperator(state) : _byKey(state);
        vm.prank(againstOperator ? buyer : operator);
        tabs.challenge(state, signature);
    }

    function _expectChallenge(bytes memory reason, address caller, TabState memory state, bool byOperator) internal {
        bytes memory signature = byOperator ? _byOperator(state) : _byKey(state);
        vm.expectRevert(reason);
        vm.prank(caller);
        tabs.challenge(state, signature);
    }

    function _assertClaim(uint64 version, uint128 spent, bool byOperator, uint256 payableFrom) internal view {
        (uint64 v, uint128 s, bool o, uint40 p) = tabs.claimOf(buyer, tabKey, address(token));
        assertEq(v, version, "version");
        assertEq(s, spent, "spent");
        assertTrue(o == byOperator, "whose");
        assertEq(p, payableFrom, "payable from");
    }

    function _finish(Payee[] memory payees) internal {
        tabs.finish(buyer, tabKey, address(token), payees);
    }

    function _stale(uint24 epoch, uint64 version) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ITabs.Tabs_Stale.selector, epoch, version);
    }

    function _wrongPayees() internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ITabs.Tabs_WrongPayees.selector);
    }

    function _notParty(address caller) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ITabs.Tabs_NotParty.selector, caller);
    }

    function _overLimit(uint256 left, uint256 wanted) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ITabs.Tabs_OverLimit.selector, left, wanted);
    }
}
