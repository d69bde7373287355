// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPots, Kind, Wish} from "../../src/live/IPots.sol";
import {IVault} from "../../src/order/IVault.sol";
import {Batch} from "../../src/platform/Batch.sol";
import {PotTest} from "./PotTest.sol";

/// Opening, entering, even packets, closing. What chance decides: see Chance.t.sol.
contract PotsTest is PotTest {
    function test_Open_ThePotLeavesTheHostsBalance() public {
        Wish memory wish = _wish(Kind.Draw, 3);
        vm.expectEmit(address(pots));
        emit IPots.PotOpened(1, host, address(token), POT, wish);
        _open(wish, POT);
        assertEq(_balance(host), RICH - POT, "host");
        assertEq(_balance(address(pots)), POT, "pots");
        (address owner, uint128 left, uint32 entries, uint32 candidates, uint40 from, uint256 armed) = pots.potOf(1);
        assertEq(owner, host, "host");
        assertEq(left, POT, "left");
        assertEq(entries + candidates, 0, "nobody yet");
        assertEq(from, wish.entriesUntil + REVEAL_SECONDS, "decidable from");
        assertEq(armed, 0, "armed");
    }

    function _assertRefused(Wish memory wish, uint128 amount) private {
        vm.expectRevert(IPots.Pots_Invalid.selector);
        _open(wish, amount);
    }

    function test_Open_RevertWhen_ItCannotBeGivenAway() public {
        Wish memory wish = _wish(Kind.Draw, 0);
        _assertRefused(wish, POT);
        wish.places = 101;
        _assertRefused(wish, POT);
        wish.places = 3;
        _assertRefused(wish, 2);
        wish.entriesUntil = uint40(block.timestamp);
        _assertRefused(wish, POT);
        wish.entriesUntil = uint40(block.timestamp + 1 days + 1);
        _assertRefused(wish, POT);
        wish.entriesUntil = uint40(block.timestamp + 1 days);
        wish.revealSeconds = 601;
        _assertRefused(wish, POT);
        wish.revealSeconds = 600;
        wish.places = 51;
        _assertRefused(wish, POT);
        wish.places = 50;
        _open(wish, 50);
        wish.kind = Kind.Even;
        (wish.places, wish.revealSeconds) = (100, 0);
        _open(wish, 100);
        for (uint8 kind = 0; kind < 2; ++kind) {
            wish = _wish(Kind(kind), 3);
            wish.revealSeconds = 1;
            _assertRefused(wish, POT);
        }
        _assertTooMuch();
    }

    function _assertTooMuch() private {
        Wish memory wish = _wish(Kind.Even, 3);
        vm.prank(address(book));
        vm.expectRevert(IPots.Pots_Invalid.selector);
        pots.onPaid(host, address(token), uint256(type(uint128).max) + 1, abi.encode(wish));
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_NotOrderBook.selector, stranger));
        vm.prank(stranger);
        pots.onPaid(host, address(token), POT, abi.encode(wish));
    }

    function test_Even_EveryoneHasTheSameAtOnce_AndTheRestGoesBack() public {
        _open(Kind.Even, 3);
        vm.expectEmit(address(pots));
        emit IPots.PotEntered(1, ann, 1, 0);
        vm.expectEmit(address(pots));
        emit IPots.PotPaid(1, ann, 333_334);
        _enter(ann, 0);
        assertEq(_balance(ann), 333_334, "at once");
        _enter(bob, 0);
        vm.expectEmit(address(pots));
        emit IPots.PotClosed(1, 1);
        _enter(cyd, 0);
        assertEq(_balance(cyd), 333_334, "the last");
        assertEq(_balance(host), RICH - POT + 1, "rounding");
        assertEq(_balance(address(pots)), 0, "nothing stays");
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_Closed.selector, 1));
        _enter(stranger, 0);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_Closed.selector, 1));
        pots.close(1);
    }

    function test_Even_WhatNobodyTookGoesBack() public {
        _open(Kind.Even, 3);
        _enter(ann, 0);
        vm.warp(block.timestamp + ENTRY_SECONDS);
        (bytes4 early, uint256 until) = (IPots.Pots_TooEarly.selector, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(early, 1, until));
        pots.close(1);
        vm.warp(until + 1);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_Closed.selector, 1));
        _enter(bob, 0);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_Closed.selector, 1));
        pots.decide(1, SECRET);
        pots.close(1);
        assertEq(_balance(host), RICH - 333_334, "host");
        assertEq(_left(1), 0, "left");
    }

    function test_Enter_OncePerAccount_NotTheHost() public {
        _open(Kind.Even, 3);
        _enter(ann, 0);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_AlreadyEntered.selector, 1, ann));
        _enter(ann, 0);
        address[3] memory never = [host, address(0), address(pots)];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IPots.Pots_CannotEnter.selector, 1, never[i]));
            _enter(never[i], 0);
        }
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_CannotEnter.selector, 1, bob));
        _enter(bob, "a secret nobody asks for");
    }

    function test_Enter_TheOperatorLetsPeopleIn_InABatchToo() public {
        _open(Kind.Even, 3);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_NotAdmitted.selector, 1, ann));
        vm.prank(ann);
        pots.enter(1, ann, 0);
        Batch.Call[] memory calls = new Batch.Call[](1);
        calls[0] = Batch.Call(address(pots), abi.encodeCall(IPots.enter, (1, ann, 0)));
        vm.prank(stranger);
        batch.runEach(calls);
        assertEq(_balance(ann), 0, "a stranger's batch");
        vm.prank(operator);
        batch.run(calls);
        assertEq(_balance(ann), 333_334, "the operator's");
    }

    function test_Enter_WithoutOperatorEverybodyForThemselves() public {
        Wish memory wish = _wish(Kind.Even, 3);
        wish.operatorId = 0;
        _open(wish, POT);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_NotAdmitted.selector, 1, operator));
        _enter(ann, 0);
        vm.prank(ann);
        pots.enter(1, ann, 0);
        assertEq(_balance(ann), 333_334, "ann");
    }

    function test_Close_APotThatNobodyEntered() public {
        _open(Kind.Lucky, 3);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, block.timestamp + ENTRY_SECONDS));
        pots.close(1);
        _waitForHost();
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, block.timestamp - 1));
        pots.decide(1, SECRET);
        pots.close(1);
        assertEq(_balance(host), RICH, "host");
    }

    function test_Close_RevertWhen_SomebodyCanWin() public {
        _open(Kind.Lucky, 3);
        _enter(ann, 0);
        _waitForHost();
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, block.timestamp - 1));
        pots.close(1);
    }

    function test_UnknownPotsHoldNothing() public {
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_Closed.selector, 7));
        vm.prank(ann);
        pots.enter(7, ann, 0);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_Closed.selector, 7));
        pots.close(7);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_Closed.selector, 7));
        pots.arm(7);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooLate.selector, 7, 0));
        pots.reveal(7, ann, 0);
    }

    function test_HostPaysOnlyWhatItHas() public {
        vm.prank(host);
        book.withdraw(address(token), RICH, host);
        Wish memory wish = _wish(Kind.Even, 3);
        vm.expectRevert(
            abi.encodeWithSelector(IVault.Vault_InsufficientBalance.selector, host, address(token), 0, POT)
        );
        _open(wish, POT);
    }
}
