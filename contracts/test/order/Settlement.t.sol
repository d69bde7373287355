// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Action, IOrderBook, Order} from "../../src/order/IOrderBook.sol";
import {OfferTerms, Split} from "../../src/shop/ICatalog.sol";
import {Policy} from "../../src/shop/Policy.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {PolicyFields} from "../support/PolicyFields.sol";

/// Settlement: nothing is lost, nothing is created, shares are what was agreed.
contract SettlementTest is MarketTest {
    using PolicyFields for Policy;

    address private immutable _maker = person("maker");

    function test_PaysSplitAffiliateAndFee() public {
        Order memory order = _shared(3000, 500, 100);
        vm.expectEmit(address(book));
        emit IOrderBook.SharePaid(_idOf(order), _maker, PRICE * 30 / 100);
        vm.expectEmit(address(book));
        emit IOrderBook.SharePaid(_idOf(order), affiliate, PRICE * 5 / 100);
        vm.expectEmit(address(book));
        emit IOrderBook.SharePaid(_idOf(order), feeRecipient, PRICE / 100);
        vm.prank(buyer);
        book.confirm(order);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL - PRICE * 36 / 100, "seller");
    }

    function test_LeavesTheAffiliateShareWithTheSellerWithoutAnAffiliate() public {
        OfferTerms memory terms = _terms();
        terms.policy = terms.policy.withAffiliate(500);
        Order memory order = _orderOf(_publish(terms, STOCK), terms);
        _place(order);
        vm.prank(buyer);
        book.confirm(order);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL, "seller");
    }

    function test_FeeOfTheOrderGoesToTodaysRecipient() public {
        Order memory order = _shared(0, 0, 200);
        parameters.setFee(0, stranger);
        vm.prank(buyer);
        book.confirm(order);
        assertEq(_balance(stranger), PRICE * 2 / 100, "fee agreed at placing");
    }

    function testFuzz_DistributesExactlyTheTotal(
        uint16 splitBps,
        uint16 affiliateBps,
        uint16 feeBps,
        uint16 buyerBps,
        uint128 price,
        uint64 quantity
    ) public {
        feeBps = uint16(bound(feeBps, 0, 200));
        affiliateBps = uint16(bound(affiliateBps, 0, 9799));
        splitBps = uint16(bound(splitBps, 1, 9800 - affiliateBps));
        buyerBps = uint16(bound(buyerBps, 0, 10_000));
        OfferTerms memory terms = _sharedTerms(splitBps, affiliateBps);
        terms.unitPrice = uint128(bound(price, 1, type(uint128).max));
        Order memory order = _placeShared(terms, feeBps, uint64(bound(quantity, 1, type(uint64).max)));
        uint256 total = book.totalOf(order);
        _ruleOn(order, buyerBps);

        uint256 paid = _balance(_maker) + _balance(affiliate) + _balance(feeRecipient);
        assertEq(_balance(SHOP_ACCOUNT) + _balance(buyer) - RICH + paid, total, "sum");
        assertEq(_balance(buyer) - RICH, total * buyerBps / 10_000, "buyer's part");
        uint256 subtotal = total - SHIPPING;
        assertTrue(_balance(_maker) <= subtotal * splitBps / 10_000, "split at most what was agreed");
        if (buyerBps == 0) assertEq(_balance(_maker), subtotal * splitBps / 10_000, "split");
    }

    function _shared(uint16 splitBps, uint16 affiliateBps, uint16 feeBps) private returns (Order memory) {
        return _placeShared(_sharedTerms(splitBps, affiliateBps), feeBps, 1);
    }

    function _sharedTerms(uint16 splitBps, uint16 affiliateBps) private view returns (OfferTerms memory terms) {
        terms = _terms();
        terms.policy = terms.policy.withAffiliate(affiliateBps);
        if (splitBps == 0) return terms;
        terms.splits = new Split[](1);
        terms.splits[0] = Split(_maker, splitBps);
    }

    function _placeShared(OfferTerms memory terms, uint16 feeBps, uint64 quantity) private returns (Order memory order) {
        parameters.setFee(feeBps, feeRecipient);
        order = _orderOf(_publish(terms, type(uint48).max), terms);
        order.affiliate = affiliate;
        order.feeBps = feeBps;
        order.quantity = quantity;
        _stake(buyer, book.totalOf(order));
        _place(order);
    }

    function _ruleOn(Order memory order, uint16 buyerBps) private {
        vm.prank(seller);
        book.ship(order, 0);
        vm.prank(buyer);
        book.perform(order, Action.Dispute, 0, 0);
        vm.prank(arbitrator);
        book.rule(order, buyerBps);
    }
}
