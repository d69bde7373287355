// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Action, Order} from "../../src/order/IOrderBook.sol";
import {OfferTerms} from "../../src/shop/ICatalog.sol";
import {Policy} from "../../src/shop/Policy.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {TestCourt} from "../mocks/TestCourt.sol";
import {PolicyFields} from "../support/PolicyFields.sol";
import {LonePartyHandler} from "./LonePartyHandler.sol";

/// Orders in many states, before a person and before a court, with all that terms can grant but money back for kept goods.
abstract contract LonePartyTest is MarketTest {
    using PolicyFields for Policy;

    LonePartyHandler internal _handler;
    uint256 internal _before;

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function _fill() internal {
        TestCourt court = new TestCourt(book);
        parameters.setArbitrator(address(court), true);
        for (uint256 i = 0; i < 2; ++i) {
            OfferTerms memory terms = _terms();
            terms.policy = terms.policy.withRemedies(1).withWarranty(60 days, 1000);
            if (i == 1) terms.arbitrator = address(court);
            uint256 offer = _publish(terms, STOCK);
            _add(_at(offer, terms, 0));
            _add(_at(offer, terms, 1));
            _add(_at(offer, terms, 2));
            _add(_at(offer, terms, 3));
        }
    }

    function _at(uint256 offer, OfferTerms memory terms, uint256 state) private returns (Order memory order) {
        order = _orderOf(offer, terms);
        _place(order);
        vm.prank(seller);
        book.ship(order, 0);
        if (state == 1) _perform(buyer, order, Action.Acknowledge);
        if (state == 2) _perform(buyer, order, Action.RequestReturn);
        if (state == 3) {
            vm.prank(buyer);
            book.confirm(order);
        }
    }

    function _add(Order memory order) private {
        _handler.add(order);
    }
}

contract LoneBuyerInvariants is LonePartyTest {
    function setUp() public override {
        super.setUp();
        _handler = new LonePartyHandler(book, buyer, true);
        _fill();
        _before = _balance(buyer);
    }

    /// A buyer alone never gets money back once the goods are sent, while the seller is there.
    function invariant_ALoneBuyerTakesNothing() public view {
        assertTrue(_balance(buyer) <= _before, "more than before");
    }
}

contract LoneSellerInvariants is LonePartyTest {
    function setUp() public override {
        super.setUp();
        _handler = new LonePartyHandler(book, seller, false);
        _fill();
        for (uint256 i = 0; i < 3; ++i) _handler.add(_placed());
        _before = _balance(SHOP_ACCOUNT);
    }

    /// A seller alone is never paid, while the buyer is there.
    function invariant_ALoneSellerTakesNothing() public view {
        assertTrue(_balance(SHOP_ACCOUNT) + _balance(seller) <= _before, "more than before");
    }
}
