// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MarketTest} from "../support/MarketTest.sol";
import {DealsHandler} from "./DealsHandler.sol";

/// The promises of `docs/threat-model/live-deals.md`, all of them after every step of random play.
contract DealsInvariants is MarketTest {
    uint48 private constant PIECES = 2000;

    DealsHandler private _handler;

    function setUp() public override {
        super.setUp();
        offerId = _publish(_terms(), PIECES);
        _handler = new DealsHandler(book, offerId, _terms(), operatorId, PIECES);
        token.setMinter(address(_handler), true);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function invariant_DealsKeepTheirPromises() public view {
        _nothingHappensThatMustNot();
        _piecesAreConserved();
        _nobodyHasMoreThanTheLimit();
        _endsOnlyComeNearer();
    }

    /// Nobody buys of a deal that is over, sold out or somebody else's; whoever may buy can; the seller cannot change one that runs.
    function _nothingHappensThatMustNot() private view {
        assertEq(_handler.violations(), 0, "violations");
    }

    /// A piece is in the source, in one deal, or sold.
    function _piecesAreConserved() private view {
        uint256 pieces = _stock(offerId) + _handler.sold();
        for (uint256 i = 0; i < _handler.dealCount(); ++i) pieces += _stock(_handler.deals(i));
        assertEq(pieces, _handler.stocked(), "pieces");
    }

    /// Nobody ever bought more of a deal than its limit, refunds or not.
    function _nobodyHasMoreThanTheLimit() private view {
        for (uint256 i = 0; i < _handler.dealCount(); ++i) {
            uint256 deal = _handler.deals(i);
            uint256 limit = _handler.perBuyer(deal);
            for (uint256 j = 0; limit != 0 && j < 3; ++j) {
                address account = _handler.buyers(j);
                assertEq(catalog.boughtOf(deal >> 16, account), _handler.bought(deal, account), "counted");
                assertTrue(_handler.bought(deal, account) <= limit, "limit");
            }
        }
    }

    /// A deal ends when it said, or ten minutes after the seller shortened it; never later.
    function _endsOnlyComeNearer() private view {
        for (uint256 i = 0; i < _handler.dealCount(); ++i) {
            (,, uint40 until,) = catalog.dealOf(_handler.deals(i));
            assertEq(until, _handler.until(_handler.deals(i)), "until");
        }
    }
}
