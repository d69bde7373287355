// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Court} from "../../src/dispute/Court.sol";
import {Tariff} from "../../src/dispute/ICourt.sol";
import {JurorView} from "../../src/dispute/IJury.sol";
import {OfferTerms} from "../../src/shop/ICatalog.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {CourtHandler} from "./CourtHandler.sol";

/// The promises of `docs/threat-model/dispute.md`, each under random play. Jurors stake the currency they are paid in.
contract CourtInvariants is MarketTest {
    uint96 private constant SEAT = 10e6;

    CourtHandler private _handler;
    Court private _court;

    function setUp() public override {
        super.setUp();
        _court = new Court(book, shop, address(this), address(forwarder), address(token), SEAT, 2000, "data:,question");
        _court.setTariff(address(token), Tariff(100_000, 100, 100e6, 1000e6));
        parameters.setArbitrator(address(_court), true);
        OfferTerms memory terms = _terms();
        terms.arbitrator = address(_court);
        uint256 offer = _publish(terms, type(uint48).max - 1);
        _handler = new CourtHandler(book, _court, address(token), offer, terms);
        _stake(SHOP_ACCOUNT, RICH);
        address jury = address(_court.jury());
        for (uint256 i = 0; i < _handler.peopleCount(); ++i) {
            address juror = _handler.people(i);
            _stake(juror, RICH);
            vm.prank(juror);
            book.transferAndCall(address(token), jury, 20 * SEAT, "");
        }
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    /// The jury holds exactly all stakes, and no stake is below what is locked of it.
    function invariant_JuryHoldsExactlyAllStakes() public view {
        uint256 stakes = 0;
        uint256 weights = 0;
        for (uint256 i = 0; i < _handler.peopleCount(); ++i) {
            JurorView memory juror = _court.jury().jurorOf(_handler.people(i));
            assertTrue(juror.locked <= juror.stake, "locked more than staked");
            stakes += juror.stake;
            weights += juror.weight;
        }
        assertEq(_balance(address(_court.jury())), stakes, "stakes");
        assertEq(_court.jury().totalWeight(), weights, "the tree weighs what the jurors do");
        assertEq(_handler.violations(), 0, "violations");
    }

    /// A ruling executes once, and a round pays its panel once.
    function invariant_RulingsAndPaymentsHappenOnce() public view {
        for (uint256 i = 0; i < _handler.idCount(); ++i) {
            uint256 id = _handler.ids(i);
            assertTrue(_handler.executions(id) <= 1, "executed twice");
            for (uint8 round = 0; round < 3; ++round) {
                assertTrue(_handler.settlements(keccak256(abi.encode(id, round))) <= 1, "settled twice");
            }
        }
    }

    /// From wherever things stand everything can be wound up, and then the court holds nothing and locks nothing.
    function invariant_WoundUpTheCourtIsEmpty() public {
        _handler.windUp();
        assertEq(_balance(address(_court)), 0, "the court kept something");
        for (uint256 i = 0; i < _handler.peopleCount(); ++i) {
            assertEq(_court.jury().jurorOf(_handler.people(i)).locked, 0, "a stake stayed locked");
        }
        uint256 pool = _balance(address(_court.insurance()));
        assertEq(_court.insurance().availableOf(address(token)), pool, "a reservation stayed");
    }
}
