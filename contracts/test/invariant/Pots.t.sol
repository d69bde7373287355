// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPots} from "../../src/live/IPots.sol";
import {Pots} from "../../src/live/Pots.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {PotsHandler} from "./PotsHandler.sol";

/// The promises of `docs/threat-model/live-play.md`, all of them after every step of random play.
contract PotsInvariants is MarketTest {
    uint256 private constant MONEY = 1e9;

    Pots private _pots;
    PotsHandler private _handler;

    function setUp() public override {
        super.setUp();
        // A chain without a history of hashes: 256 blocks are soon over.
        vm.etch(0x0000F90827F1C53a10cb7A02335B175320002935, hex"00");
        _pots = new Pots(book, operators, batch, address(forwarder));
        _handler = new PotsHandler(book, _pots, address(token), operator, operatorId);
        for (uint256 i = 0; i < 2; ++i) _stake(_handler.hostOf(i), MONEY);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function invariant_PotsAreConserved() public view {
        assertEq(_handler.violations(), 0, "violations");
        uint256 held;
        for (uint256 potId = 1; potId <= _handler.count(); ++potId) {
            (address host, uint128 left, uint32 entries, uint32 candidates,, uint256 armed) = _pots.potOf(potId);
            PotsHandler.Known memory known = _handler.knownOf(potId);
            assertEq(host, known.host, "host");
            assertEq(entries, known.entries, "entries");
            assertEq(candidates, known.candidates, "candidates");
            assertEq(armed, known.armed, "armed");
            assertTrue(known.over == (left == 0), "over when empty");
            held += left;
        }
        assertEq(_balance(address(_pots)), held, "held");
        uint256 sum = held;
        for (uint256 i = 0; i < 2; ++i) sum += _balance(_handler.hostOf(i));
        for (uint256 i = 0; i < 6; ++i) sum += _balance(_handler.personOf(i));
        assertEq(sum, 2 * MONEY, "nothing lost, nothing to strangers");
    }

    /// Play that never gets anywhere would prove nothing: in a few hundred steps everything has happened.
    function test_RandomPlayGetsEverywhere() public {
        for (uint256 i = 0; i < 1500; ++i) _move(uint256(keccak256(abi.encode("play", i))));
        bytes4[7] memory moves = [
            IPots.enter.selector,
            IPots.reveal.selector,
            IPots.decide.selector,
            IPots.arm.selector,
            IPots.decideByBlock.selector,
            IPots.close.selector,
            Pots.onPaid.selector
        ];
        for (uint256 i = 0; i < 7; ++i) assertTrue(_handler.successes(moves[i]) != 0, "a move that never succeeds");
        invariant_PotsAreConserved();
    }

    function _move(uint256 r) private {
        (uint256 move, uint256 which, uint8 likely) = (r % 16, r >> 8, uint8(r >> 200));
        if (move == 0 && likely < 128) _handler.open(r >> 16, uint8(r >> 24), uint16(r >> 32), uint64(r >> 64), uint16(r >> 128));
        else if (move < 6) _handler.enter(which, r >> 96, r >> 224 & 1 == 1, likely);
        else if (move < 9) _handler.reveal(which, r >> 96, likely);
        else if (move == 9) _handler.decide(which, likely);
        else if (move < 12) _handler.arm(which);
        else if (move == 12) _handler.decideByBlock(which);
        else if (move == 13) _handler.close(which);
        else _handler.pass(uint16(r >> 16), uint16(r >> 32));
    }
}
