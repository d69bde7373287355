// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Action, IOrderBook, Order, SettlementOffer, State} from "../../src/order/IOrderBook.sol";
import {OfferTerms, Split} from "../../src/shop/ICatalog.sol";
import {Policy} from "../../src/shop/Policy.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {PolicyFields} from "../support/PolicyFields.sol";

/// Warranty: a reserve stays in escrow until its end, and only the reserve is ever at stake again.
contract WarrantyTest is MarketTest {
    using PolicyFields for Policy;

    uint256 private constant RESERVE = TOTAL / 10;

    function test_Confirm_PaysAllButTheReserve() public {
        Order memory order = _shippedOn(_warrantyTerms());
        vm.expectEmit(address(book));
        emit IOrderBook.OrderWarranted(_idOf(order), buyer, TOTAL - RESERVE, RESERVE);
        vm.prank(buyer);
        book.confirm(order);
        _assertState(order, State.Warranty);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL - RESERVE, "paid");
        assertEq(_deadline(order), block.timestamp + 60 days, "clock");
    }

    function test_TheReserveIsPaidAtItsEnd() public {
        Order memory order = _warranted();
        vm.warp(block.timestamp + 60 days + 1);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderCompleted(_idOf(order), stranger, RESERVE);
        vm.prank(stranger);
        book.settleDue(order);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL, "all of it");
    }

    function test_Confirm_ReleasesTheReserveEarly() public {
        Order memory order = _warranted();
        vm.prank(buyer);
        book.confirm(order);
        _assertState(order, State.Completed);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL, "all of it");
    }

    function test_Refund_GivesOnlyTheReserve() public {
        Order memory order = _warranted();
        _perform(seller, order, Action.Refund);
        assertEq(_balance(buyer), RICH - TOTAL + RESERVE, "buyer");
        assertEq(_balance(SHOP_ACCOUNT), TOTAL - RESERVE, "shop");
    }

    function test_Claim_IsNeverByRight() public {
        OfferTerms memory terms = _warrantyTerms();
        terms.policy = terms.policy.withRemedies(3);
        Order memory order = _confirmedOn(terms);
        vm.prank(buyer);
        book.perform(order, Action.RequestRefund, 5000, "hinge");
        _assertState(order, State.Requested);
        _perform(seller, order, Action.Grant);
        assertEq(_balance(buyer), RICH - TOTAL + RESERVE / 2, "half of the reserve");
        assertEq(_balance(SHOP_ACCOUNT), TOTAL - RESERVE / 2, "the rest");
    }

    function test_Claim_SilenceGrants() public {
        Order memory order = _warranted();
        _perform(buyer, order, Action.RequestReturn);
        vm.warp(block.timestamp + 3 days + 1);
        book.settleDue(order);
        _assertState(order, State.Returning);
        _perform(buyer, order, Action.SendBack);
        vm.warp(block.timestamp + 7 days + 1);
        book.settleDue(order);
        assertEq(_balance(buyer), RICH - TOTAL + RESERVE, "the reserve, without deductions");
    }

    function test_Claim_DroppedLeadsBackToTheSameEnd() public {
        Order memory order = _warranted();
        uint256 end = _deadline(order);
        vm.warp(block.timestamp + 10 days);
        _perform(buyer, order, Action.RequestReturn);
        vm.prank(buyer);
        book.confirm(order);
        _assertState(order, State.Warranty);
        assertEq(_deadline(order), end, "the warranty is not longer for it");
        assertEq(_balance(SHOP_ACCOUNT), TOTAL - RESERVE, "not paid twice");
    }

    function test_Claim_ThatOutlivesTheWarrantyEndsIt() public {
        Order memory order = _warranted();
        vm.warp(_deadline(order));
        _perform(buyer, order, Action.RequestReturn);
        _perform(seller, order, Action.Grant);
        vm.warp(block.timestamp + 7 days + 1);
        book.settleDue(order);
        _assertState(order, State.Warranty);
        book.settleDue(order);
        _assertState(order, State.Completed);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL, "all of it");
    }

    function test_Claim_ExchangeLeadsBackToTheWarrantyAndStartsNoReturnWindow() public {
        Order memory order = _warranted();
        uint256 end = _deadline(order);
        _perform(buyer, order, Action.RequestExchange);
        _perform(seller, order, Action.Grant);
        _perform(buyer, order, Action.SendBack);
        _perform(seller, order, Action.AcceptReturn);
        vm.prank(seller);
        book.ship(order, 0);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotAgreed.selector, _idOf(order)));
        _perform(buyer, order, Action.Acknowledge);
        vm.warp(block.timestamp + 7 days + 1);
        book.settleDue(order);
        _assertState(order, State.Warranty);
        assertEq(_deadline(order), end, "same end");
    }

    function test_Claim_RuledOnAndSettled() public {
        Order memory order = _warranted();
        _perform(buyer, order, Action.RequestReturn);
        _perform(seller, order, Action.Dispute);
        vm.prank(arbitrator);
        book.rule(order, 7500);
        assertEq(_balance(buyer), RICH - TOTAL + RESERVE * 3 / 4, "three quarters of the reserve");
        order = _warranted();
        uint256 before = _balance(buyer);
        SettlementOffer memory offer = _signOffer(key("seller"), order, 5000);
        vm.prank(buyer);
        book.settle(order, offer);
        assertEq(_balance(buyer), before + RESERVE / 2, "half of the reserve");
    }

    function test_Claim_RevertWhen_TheWarrantyIsOver() public {
        Order memory order = _warranted();
        vm.warp(block.timestamp + 60 days + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IOrderBook.OrderBook_TooLate.selector, _idOf(order), block.timestamp - 1)
        );
        _perform(buyer, order, Action.RequestReturn);
    }

    function test_Dispute_RevertWhen_NothingWasAskedFor() public {
        Order memory order = _warranted();
        vm.expectRevert(
            abi.encodeWithSelector(IOrderBook.OrderBook_WrongState.selector, _idOf(order), State.Warranty)
        );
        _perform(buyer, order, Action.Dispute);
    }

    /// Two payouts are together what one would have been, to the unit but for shares rounded down twice.
    function testFuzz_TwoPayoutsAreOne(uint128 price, uint64 quantity, uint16 warrantyBps, uint16 splitBps, uint16 feeBps) public {
        feeBps = uint16(bound(feeBps, 0, 200));
        parameters.setFee(feeBps, feeRecipient);
        OfferTerms memory terms = _warrantyTerms();
        terms.unitPrice = uint128(bound(price, 1, type(uint128).max));
        terms.policy = terms.policy.withWarranty(60 days, bound(warrantyBps, 1, 5000));
        terms.splits = new Split[](1);
        terms.splits[0] = Split(stranger, uint16(bound(splitBps, 1, 9800)));
        Order memory order = _orderOf(_publish(terms, type(uint48).max), terms);
        (order.quantity, order.feeBps) = (uint64(bound(quantity, 1, type(uint64).max)), feeBps);
        uint256 total = book.totalOf(order);
        _stake(buyer, total);
        _place(order);
        vm.startPrank(buyer);
        book.confirm(order);
        book.confirm(order);
        vm.stopPrank();
        uint256 paid = _balance(SHOP_ACCOUNT) + _balance(stranger) + _balance(feeRecipient);
        assertEq(paid, total, "sum");
        uint256 whole = (total - SHIPPING) * terms.splits[0].bps / 10_000;
        assertTrue(_balance(stranger) <= whole && _balance(stranger) + 1 >= whole, "split");
        assertEq(_balance(buyer), RICH, "buyer");
    }

    function _warrantyTerms() private view returns (OfferTerms memory terms) {
        terms = _terms();
        terms.policy = terms.policy.withWarranty(60 days, 1000);
    }

    function _warranted() private returns (Order memory) {
        return _confirmedOn(_warrantyTerms());
    }

    function _confirmedOn(OfferTerms memory terms) private returns (Order memory order) {
        order = _shippedOn(terms);
        vm.prank(buyer);
        book.confirm(order);
    }
}
