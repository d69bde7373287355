// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Action, IOrderBook, Order, State} from "../../src/order/IOrderBook.sol";
import {OfferTerms} from "../../src/shop/ICatalog.sol";
import {Policy} from "../../src/shop/Policy.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {PolicyFields} from "../support/PolicyFields.sol";

/// Goods that are there at once, and goods that are not there yet.
contract DeliveryTest is MarketTest {
    using PolicyFields for Policy;

    function test_Digital_IsShippedWhenPlaced() public {
        Order memory order = _download(1 days);
        _assertState(order, State.Shipped);
        assertEq(_deadline(order), block.timestamp + 7 days, "confirm-by");
    }

    function test_Digital_ReturnIsAtOnceUntilTheWindowEnds() public {
        Order memory order = _download(1 days);
        vm.warp(block.timestamp + 1 days);
        _perform(buyer, order, Action.RequestReturn);
        _assertState(order, State.Refunded);
        assertEq(_balance(buyer), RICH, "a file does not travel back");
    }

    function test_Digital_AfterTheWindowItIsTheSellersToAnswer() public {
        Order memory order = _download(1 days);
        vm.warp(block.timestamp + 1 days + 1);
        _perform(buyer, order, Action.RequestReturn);
        _assertState(order, State.Requested);
        _perform(seller, order, Action.Grant);
        _assertState(order, State.Refunded);
    }

    function test_Digital_TakingTheKeyEndsTheRight() public {
        Order memory order = _download(1 days);
        _perform(buyer, order, Action.Acknowledge);
        _assertState(order, State.Delivered);
        assertEq(_deadline(order), block.timestamp + 7 days, "time to look at it");
        _perform(buyer, order, Action.RequestReturn);
        _assertState(order, State.Requested);
    }

    function test_Digital_WithoutWindowNothingIsByRight() public {
        Order memory order = _download(0);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotAgreed.selector, _idOf(order)));
        _perform(buyer, order, Action.Acknowledge);
        _perform(buyer, order, Action.RequestReturn);
        _assertState(order, State.Requested);
    }

    function test_Digital_ExchangeIsOnceAndEndsTheRight() public {
        OfferTerms memory terms = _downloadTerms(1 days);
        terms.policy = terms.policy.withRemedies(3);
        Order memory order = _orderOf(_publish(terms, STOCK), terms);
        _place(order);
        _perform(buyer, order, Action.RequestExchange);
        _assertState(order, State.Replacing);
        vm.prank(seller);
        book.ship(order, 0);
        _perform(buyer, order, Action.RequestReturn);
        _assertState(order, State.Requested);
    }

    function test_Digital_SilenceIsPaidAtConfirmBy() public {
        Order memory order = _download(30 days);
        vm.warp(block.timestamp + 7 days + 1);
        book.settleDue(order);
        _assertState(order, State.Completed);
    }

    function test_PreOrder_TheClockStartsAtTheDate() public {
        (Order memory order, uint256 date) = _preOrder();
        assertEq(_deadline(order), date + 2 days, "ship-by");
        vm.warp(date + 2 days);
        vm.prank(seller);
        book.ship(order, 0);
        _assertState(order, State.Shipped);
        assertEq(_deadline(order), block.timestamp + 7 days, "confirm-by");
    }

    function test_PreOrder_MayBeCancelledUntilAnHourAfterTheDate() public {
        (Order memory order, uint256 date) = _preOrder();
        vm.warp(date + 1 hours + 1);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_TooLate.selector, _idOf(order), date + 1 hours));
        _perform(buyer, order, Action.Cancel);
        vm.warp(date + 1 hours);
        _perform(buyer, order, Action.Cancel);
        assertEq(_balance(buyer), RICH, "all of it");
        assertEq(_stock(order.offerId), STOCK, "back on the shelf");
    }

    function test_PreOrder_AfterTheDateItIsAnOrderLikeAnother() public {
        OfferTerms memory terms = _terms();
        terms.policy = terms.policy.withShipDate(block.timestamp + 1 days);
        uint256 offer = _publish(terms, STOCK);
        vm.warp(block.timestamp + 3 days);
        Order memory order = _orderOf(offer, terms);
        _place(order);
        assertEq(_deadline(order), block.timestamp + 2 days, "from the purchase");
    }

    function _preOrder() private returns (Order memory order, uint256 date) {
        date = block.timestamp + 20 days;
        OfferTerms memory terms = _terms();
        terms.policy = terms.policy.withShipDate(date);
        order = _orderOf(_publish(terms, STOCK), terms);
        _place(order);
    }

    function _download(uint256 window) private returns (Order memory order) {
        OfferTerms memory terms = _downloadTerms(window);
        order = _orderOf(_publish(terms, STOCK), terms);
        _place(order);
    }

    function _downloadTerms(uint256 window) private view returns (OfferTerms memory terms) {
        terms = _terms();
        terms.policy = terms.policy.withShipBy(0).withReturn(window);
    }
}
