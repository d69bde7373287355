// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Chance} from "../../src/live/Chance.sol";
import {IPots, Kind, Wish} from "../../src/live/IPots.sol";
import {PotTest} from "./PotTest.sol";

/// Secrets, who may show them when, what is drawn, and what happens when somebody does not.
contract ChanceTest is PotTest {
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    function test_Lucky_TheFirstWhoComeShareThePot() public {
        _open(Kind.Lucky, 3);
        address[3] memory people = [ann, bob, cyd];
        for (uint256 i = 0; i < 3; ++i) _enter(people[i], 0);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_Closed.selector, 1));
        _enter(stranger, 0);
        bytes32 mix = _mixOf(ann, 0) ^ _mixOf(bob, 0) ^ _mixOf(cyd, 0);
        // Full: nobody has to wait for the end.
        _arm();
        bytes32 seed = _seedOf(SECRET, mix);
        uint256[] memory shares = Chance.parts(seed, POT, 3);
        vm.expectEmit(address(pots));
        emit IPots.PotDecided(1, seed, SECRET, blockhash(block.number - 1), mix);
        pots.decide(1, SECRET);
        for (uint256 i = 0; i < 3; ++i) assertEq(_balance(people[i]), shares[i], "share");
        assertEq(shares[0] + shares[1] + shares[2], POT, "all of it");
        assertEq(_balance(address(pots)), 0, "nothing stays");
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_Closed.selector, 1));
        pots.decide(1, SECRET);
    }

    function test_Lucky_TheHostHasItsTwoMinutesFromWhenItIsArmed() public {
        _open(Kind.Lucky, 1);
        _enter(ann, 0);
        vm.warp(block.timestamp + ENTRY_SECONDS + HOST_SECONDS + 1);
        uint256 from = block.timestamp - 1 + HOST_SECONDS;
        _arm();
        vm.warp(from);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, from));
        pots.arm(1);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, from));
        pots.decideByBlock(1);
        vm.warp(from + 1);
        // Late, and nobody else was quicker.
        pots.decide(1, SECRET);
        assertEq(_balance(ann), POT, "ann");
    }

    function test_Lucky_PlacesThatNobodyTookGoBack() public {
        _open(Kind.Lucky, 3);
        _enter(ann, 0);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, block.timestamp + ENTRY_SECONDS));
        pots.arm(1);
        _waitForHost();
        _arm();
        pots.decide(1, SECRET);
        assertEq(_balance(ann), POT / 3, "a third");
        assertEq(_balance(host), RICH - POT / 3, "the rest");
    }

    function test_Draw_TheWinnersAreThoseOfTheSeed() public {
        _open(Kind.Draw, 2);
        address[3] memory people = [ann, bob, cyd];
        for (uint256 i = 0; i < 3; ++i) _enterWithSecret(people[i]);
        vm.warp(block.timestamp + ENTRY_SECONDS + 1);
        bytes32 mix;
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectEmit(address(pots));
            emit IPots.PotRevealed(1, people[2 - i], _secretOf(people[2 - i]));
            _reveal(people[2 - i]);
            mix ^= _mixOf(people[i], _secretOf(people[i]));
        }
        _waitForHost();
        _arm();
        uint256[] memory drawn = Chance.draw(_seedOf(SECRET, mix), 3, 2);
        pots.decide(1, SECRET);
        for (uint256 i = 0; i < 3; ++i) {
            // They can be drawn in the order in which they revealed.
            bool won = drawn[0] == 2 - i || drawn[1] == 2 - i;
            assertEq(_balance(people[i]), won ? POT / 2 : 0, "prize");
        }
        assertEq(_balance(host), RICH - POT + 1, "rounding");
    }

    function test_Draw_WhoKeepsASecretBackIsNotDrawn() public {
        _open(Kind.Draw, 2);
        _enterWithSecret(ann);
        _enter(bob, 0);
        vm.warp(block.timestamp + ENTRY_SECONDS + REVEAL_SECONDS + 1);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooLate.selector, 1, block.timestamp - 1));
        _reveal(ann);
        _arm();
        pots.decide(1, SECRET);
        assertEq(_balance(ann), 0, "silent");
        assertEq(_balance(bob), POT / 2, "drawn");
        assertEq(_balance(host), RICH - POT / 2, "the other prize goes back");
    }

    function test_Reveal_InTime_OwnSecret_Once() public {
        _open(Kind.Draw, 2);
        _enterWithSecret(ann);
        _enter(bob, 0);
        uint256 until = block.timestamp + ENTRY_SECONDS;
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, until));
        _reveal(ann);
        vm.warp(until + 1);
        bytes memory wrong = abi.encodeWithSelector(IPots.Pots_WrongSecret.selector, 1);
        vm.expectRevert(wrong);
        pots.reveal(1, ann, "another");
        vm.expectRevert(wrong);
        pots.reveal(1, bob, 0);
        vm.expectRevert(wrong);
        _reveal(cyd);
        _reveal(ann);
        vm.expectRevert(wrong);
        _reveal(ann);
        (,,, uint32 candidates,,) = pots.potOf(1);
        assertEq(candidates, 2, "both");
    }

    function test_Decide_TheHostLast_WithItsOwnSecret() public {
        _open(Kind.Draw, 1);
        _enter(ann, 0);
        uint256 from = block.timestamp + ENTRY_SECONDS + REVEAL_SECONDS;
        vm.warp(from);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, from));
        pots.arm(1);
        vm.warp(from + 1);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, 0));
        pots.decide(1, SECRET);
        uint256 armed = block.number + 1;
        vm.expectEmit(address(pots));
        emit IPots.PotArmed(1, armed, true);
        pots.arm(1);
        vm.roll(armed);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, armed));
        pots.decide(1, SECRET);
        vm.roll(armed + 1);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_WrongSecret.selector, 1));
        pots.decide(1, "one that suits me better");
        pots.decide(1, SECRET);
        assertEq(_balance(ann), POT, "ann");
    }

    /// Whoever still has a choice does not know the block: after it is named nobody enters, shows a secret or names another one.
    function test_Arm_NobodyHasAChoiceAnyMore() public {
        _open(Kind.Draw, 1);
        _enter(ann, 0);
        _enterWithSecret(bob);
        vm.warp(block.timestamp + ENTRY_SECONDS + REVEAL_SECONDS);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, block.timestamp));
        pots.arm(1);
        vm.warp(block.timestamp + 1);
        pots.arm(1);
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooLate.selector, 1, block.timestamp - 1 - i));
            _reveal(bob);
            vm.expectRevert(abi.encodeWithSelector(IPots.Pots_Closed.selector, 1));
            _enter(cyd, 0);
            vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, block.timestamp - 1 - i + HOST_SECONDS));
            pots.arm(1);
            vm.warp(block.timestamp + 1);
            vm.roll(block.number + 1);
        }
    }

    /// Which of the friends of a host show their secrets changes nothing that anybody can foresee: the block comes later.
    function testFuzz_Draw_TheBlockDecidesAlsoWhenAllSecretsAreKnown(uint8 shown, uint16 blocks) public {
        _open(Kind.Draw, 1);
        address[3] memory friends = [ann, bob, cyd];
        for (uint256 i = 0; i < 3; ++i) _enterWithSecret(friends[i]);
        _enter(stranger, 0);
        vm.warp(block.timestamp + ENTRY_SECONDS + 1);
        bytes32 mix = _mixOf(stranger, 0);
        for (uint256 i = 0; i < 3; ++i) {
            if (shown >> i & 1 == 0) continue;
            _reveal(friends[i]);
            mix ^= _mixOf(friends[i], _secretOf(friends[i]));
        }
        _waitForHost();
        vm.roll(block.number + blocks);
        _arm();
        bytes32 seed = _seedOf(SECRET, mix);
        vm.expectEmit(address(pots));
        emit IPots.PotDecided(1, seed, SECRET, blockhash(block.number - 1), mix);
        pots.decide(1, SECRET);
        assertTrue(seed != keccak256(abi.encode(1, SECRET, blockhash(block.number - 2), mix)), "another block, another seed");
    }

    function test_ASilentHostCannotKeepTheMoney() public {
        _open(Kind.Draw, 1);
        _enter(ann, 0);
        _enter(bob, 0);
        _waitForHost();
        uint256 from = block.timestamp - 1 + HOST_SECONDS;
        _arm();
        vm.warp(from + 1);
        uint256 armed = block.number + 1;
        vm.expectEmit(address(pots));
        emit IPots.PotArmed(1, armed, false);
        pots.arm(1);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooLate.selector, 1, from));
        pots.decide(1, SECRET);
        vm.roll(armed);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, armed));
        pots.decideByBlock(1);
        vm.warp(from + 2 + HOST_SECONDS);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, from + HOST_SECONDS));
        pots.arm(1);
        vm.roll(armed + 1);
        bytes32 mix = _mixOf(ann, 0) ^ _mixOf(bob, 0);
        bytes32 seed = _seedOf(0, mix);
        vm.expectEmit(address(pots));
        emit IPots.PotDecided(1, seed, 0, blockhash(armed), mix);
        pots.decideByBlock(1);
        assertEq(_balance(ann) + _balance(bob), POT, "paid");
        assertEq(_balance(host), RICH - POT, "host");
    }

    /// Else a host could let blocks pass until one suits it.
    function test_AForgottenBlockTakesTheHostsSayAlong() public {
        vm.etch(HISTORY, hex"00");
        _open(Kind.Lucky, 1);
        _enter(ann, 0);
        pots.arm(1);
        for (uint256 i = 0; i < 2; ++i) {
            uint256 armed = block.number + 1;
            vm.roll(armed + 256);
            bytes memory early = abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, block.timestamp - 1 + HOST_SECONDS);
            vm.expectRevert(early);
            pots.arm(1);
            vm.roll(armed + 257);
            vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooLate.selector, 1, i == 0 ? armed : block.timestamp - 1));
            pots.decide(1, SECRET);
            vm.expectEmit(address(pots));
            emit IPots.PotArmed(1, block.number + 1, false);
            pots.arm(1);
        }
        vm.roll(block.number + 2);
        pots.decideByBlock(1);
        assertEq(_balance(ann), POT, "ann");
    }

    function test_AHistoryOfHashesKeepsTheHostsSay() public {
        _open(Kind.Lucky, 1);
        _enter(ann, 0);
        pots.arm(1);
        uint256 armed = block.number + 1;
        // Answers with what it was asked.
        vm.etch(HISTORY, hex"5f355f5260205ff3");
        vm.roll(armed + 300);
        vm.expectRevert(abi.encodeWithSelector(IPots.Pots_TooEarly.selector, 1, block.timestamp - 1 + HOST_SECONDS));
        pots.arm(1);
        bytes32 mix = _mixOf(ann, 0);
        vm.expectEmit(address(pots));
        emit IPots.PotDecided(1, keccak256(abi.encode(1, SECRET, bytes32(armed), mix)), SECRET, bytes32(armed), mix);
        pots.decide(1, SECRET);
    }

    function test_AHostThatWantsNoSayWaitsForNobody() public {
        Wish memory wish = _wish(Kind.Lucky, 1);
        wish.commitment = 0;
        _open(wish, POT);
        _enter(ann, 0);
        vm.expectEmit(address(pots));
        emit IPots.PotArmed(1, block.number + 1, false);
        _arm();
        pots.decideByBlock(1);
        assertEq(_balance(ann), POT, "ann");
    }

    function testFuzz_Parts_AllOfItAndSomethingForEveryone(bytes32 seed, uint128 amount, uint256 count) public pure {
        count = count % 100 + 1;
        uint256 total = uint256(amount) + count;
        uint256[] memory shares = Chance.parts(seed, total, count);
        uint256 sum;
        for (uint256 i = 0; i < count; ++i) {
            assertTrue(shares[i] != 0, "something");
            sum += shares[i];
        }
        assertEq(sum, total, "all of it");
    }

    function testFuzz_Draw_DifferentPeopleAmongThoseWhoCame(bytes32 seed, uint256 candidates, uint256 winners) public pure {
        candidates = candidates % 1000 + 1;
        winners = winners % (candidates < 100 ? candidates : 100) + 1;
        if (winners > candidates) winners = candidates;
        uint256[] memory drawn = Chance.draw(seed, candidates, winners);
        for (uint256 i = 0; i < winners; ++i) {
            assertTrue(drawn[i] < candidates, "came");
            for (uint256 j = 0; j < i; ++j) assertTrue(drawn[i] != drawn[j], "twice");
        }
    }

    function test_Parts_OfNobody() public pure {
        assertEq(Chance.parts(0, 5, 0).length, 0, "nobody");
        assertEq(Chance.draw(0, 5, 0).length, 0, "nobody");
    }
}
