// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Side} from "../../src/order/IArbitration.sol";
import {Action, IOrderBook, Order, Remedy, State} from "../../src/order/IOrderBook.sol";
import {OfferTerms, Split} from "../../src/shop/ICatalog.sol";
import {Policy} from "../../src/shop/Policy.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {PolicyFields} from "../support/PolicyFields.sol";

/// Requests and what comes of them: effects, events, deadlines to the second.
/// ├── acknowledging starts the return window; so does the passed confirm-by clock
/// ├── a return by right: send back, accept, money back less what the terms keep; silence of either side
/// ├── exchange by right, once; refund only by right
/// ├── anything else is asked for: granted, granted by silence, contested
/// └── nothing of it after its deadline
contract RemediesTest is MarketTest {
    using PolicyFields for Policy;

    uint128 private constant PARCEL = 2e6;
    /// 15 % of 25, and the parcel.
    uint256 private constant KEPT = 3_750_000 + PARCEL;

    function test_Acknowledge_StartsTheReturnWindow() public {
        Order memory order = _shipped();
        vm.warp(block.timestamp + 7 days);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderAdvanced(
            _idOf(order), buyer, State.Delivered, uint40(block.timestamp + 7 days), Remedy.Refund, 0, false, Side.Buyer, 0
        );
        _perform(buyer, order, Action.Acknowledge);
    }

    function test_Acknowledge_RevertWhen_ThereIsNoWindow() public {
        OfferTerms memory terms = _terms();
        terms.policy = terms.policy.withReturn(0);
        Order memory order = _shippedOn(terms);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotAgreed.selector, _idOf(order)));
        _perform(buyer, order, Action.Acknowledge);
    }

    function test_SettleDue_PresumesDeliveryAndTheWindowStartsThere() public {
        Order memory order = _shipped();
        uint256 confirmBy = block.timestamp + 7 days;
        vm.warp(confirmBy + 2 days);
        vm.prank(stranger);
        book.settleDue(order);
        _assertState(order, State.Delivered);
        assertEq(_deadline(order), confirmBy + 7 days, "counted from the confirm-by deadline, not from the call");
        vm.warp(confirmBy + 7 days);
        _perform(buyer, order, Action.RequestReturn);
        _assertState(order, State.Returning);
    }

    function test_SettleDue_PaysAtOnceWhenTheWindowIsOverToo() public {
        Order memory order = _shipped();
        vm.warp(block.timestamp + 14 days);
        book.settleDue(order);
        _assertState(order, State.Delivered);
        Order memory later = _shipped();
        vm.warp(block.timestamp + 14 days + 1);
        book.settleDue(later);
        _assertState(later, State.Completed);
    }

    function test_Return_ByRight() public {
        Order memory order = _returnedByRight();
        vm.expectEmit(address(book));
        emit IOrderBook.OrderRefunded(_idOf(order), seller, 4, TOTAL - KEPT, KEPT);
        _perform(seller, order, Action.AcceptReturn);
        assertEq(_balance(buyer), RICH - KEPT, "buyer");
        assertEq(_balance(SHOP_ACCOUNT), KEPT, "shop");
        assertEq(_step(order), 5, "steps");
    }

    function test_Return_PaysNoSharesOfWhatIsKept() public {
        OfferTerms memory terms = _returnTerms();
        terms.splits = new Split[](1);
        terms.splits[0] = Split(stranger, 1000);
        Order memory order = _returned(terms, Action.RequestReturn);
        _perform(seller, order, Action.AcceptReturn);
        assertEq(_balance(stranger), 0, "nothing was sold");
    }

    function test_Return_TheSellerKeepsAtMostAll() public {
        OfferTerms memory terms = _returnTerms();
        (terms.shippingPrice, terms.returnShippingPrice) = (0, terms.unitPrice);
        Order memory order = _returned(terms, Action.RequestReturn);
        _perform(seller, order, Action.AcceptReturn);
        assertEq(_balance(buyer), RICH - PRICE, "nothing came back, and nothing more was taken");
        assertEq(_balance(SHOP_ACCOUNT), PRICE, "shop");
    }

    function test_Return_CountsAsBackWhenTheSellerDoesNotLook() public {
        Order memory order = _returnedByRight();
        vm.warp(block.timestamp + 7 days + 1);
        vm.prank(stranger);
        book.settleDue(order);
        assertEq(_balance(buyer), RICH - KEPT, "as agreed");
    }

    function test_Return_LapsesWhenNothingIsSentBack() public {
        Order memory order = _shippedOn(_returnTerms());
        _perform(buyer, order, Action.Acknowledge);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderRemedyTaken(_idOf(order), buyer, Remedy.Return, 10_000, 0);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderAdvanced(
            _idOf(order), buyer, State.Returning, uint40(block.timestamp + 7 days), Remedy.Return, 10_000, true, Side.Buyer, 0
        );
        _perform(buyer, order, Action.RequestReturn);
        vm.warp(block.timestamp + 7 days + 1);
        bytes memory late = abi.encodeWithSelector(IOrderBook.OrderBook_TooLate.selector, _idOf(order), block.timestamp - 1);
        vm.expectRevert(late);
        _perform(buyer, order, Action.SendBack);
        book.settleDue(order);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL, "the sale stands");
    }

    function test_Return_GrantedCostsTheBuyerNothing() public {
        Order memory order = _shippedOn(_returnTerms());
        _perform(buyer, order, Action.RequestReturn);
        _perform(seller, order, Action.Grant);
        vm.prank(buyer);
        book.perform(order, Action.SendBack, 0, "parcel");
        _perform(seller, order, Action.AcceptReturn);
        assertEq(_balance(buyer), RICH, "all of it: it had a reason");
    }

    function test_Return_ContestedIsTheArbitratorsToJudge() public {
        Order memory order = _returnedByRight();
        _perform(seller, order, Action.Dispute);
        vm.prank(arbitrator);
        book.rule(order, 4000);
        assertEq(_balance(buyer), RICH - TOTAL + TOTAL * 4 / 10, "buyer");
    }

    function test_SendBack_TellsTheParcel() public {
        Order memory order = _shippedOn(_returnTerms());
        _perform(buyer, order, Action.Acknowledge);
        _perform(buyer, order, Action.RequestReturn);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderAdvanced(
            _idOf(order), buyer, State.Returned, uint40(block.timestamp + 7 days), Remedy.Return, 10_000, true, Side.Buyer, "parcel"
        );
        vm.prank(buyer);
        book.perform(order, Action.SendBack, 0, "parcel");
    }

    function test_Exchange_ByRightIsOnce() public {
        Order memory order = _returned(_returnTerms(), Action.RequestExchange);
        _perform(seller, order, Action.AcceptReturn);
        _assertState(order, State.Replacing);
        assertEq(_deadline(order), block.timestamp + 7 days, "a week to send another");
        vm.prank(seller);
        book.ship(order, "second");
        _perform(buyer, order, Action.Acknowledge);
        _perform(buyer, order, Action.RequestExchange);
        _assertState(order, State.Requested);
        _perform(seller, order, Action.Refund);
        assertEq(_balance(buyer), RICH, "all of it");
        assertEq(_balance(SHOP_ACCOUNT), 0, "nothing kept");
    }

    function test_Exchange_MayStillBeReturned() public {
        Order memory order = _returned(_returnTerms(), Action.RequestExchange);
        _perform(seller, order, Action.AcceptReturn);
        vm.prank(seller);
        book.ship(order, 0);
        _perform(buyer, order, Action.Acknowledge);
        _perform(buyer, order, Action.RequestReturn);
        _perform(buyer, order, Action.SendBack);
        _perform(seller, order, Action.AcceptReturn);
        assertEq(_balance(buyer), RICH - KEPT, "a return without reason costs what it costs");
    }

    function test_Exchange_IsRefundedWhenNoOtherPieceIsSent() public {
        Order memory order = _returned(_returnTerms(), Action.RequestExchange);
        _perform(seller, order, Action.AcceptReturn);
        vm.warp(block.timestamp + 7 days + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IOrderBook.OrderBook_TooLate.selector, _idOf(order), block.timestamp - 1)
        );
        vm.prank(seller);
        book.ship(order, 0);
        book.settleDue(order);
        assertEq(_balance(buyer), RICH, "all of it");
        assertEq(_stock(order.offerId), STOCK - 1, "sent goods are not on the shelf");
    }

    function test_Exchange_IsRefundedInFullWhenTheSellerDoesNotLook() public {
        Order memory order = _returned(_returnTerms(), Action.RequestExchange);
        vm.warp(block.timestamp + 7 days + 1);
        book.settleDue(order);
        assertEq(_balance(buyer), RICH, "an exchange costs no restocking");
    }

    function test_RefundOnly_ByRightAndInPart() public {
        Order memory order = _shippedOn(_returnTerms());
        _perform(buyer, order, Action.Acknowledge);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderRemedyTaken(_idOf(order), buyer, Remedy.Refund, 2500, "torn");
        vm.expectEmit(address(book));
        emit IOrderBook.OrderSettled(_idOf(order), buyer, 2500, TOTAL / 4, TOTAL - TOTAL / 4);
        vm.prank(buyer);
        book.perform(order, Action.RequestRefund, 2500, "torn");
        _assertState(order, State.Settled);
    }

    function test_RefundOnly_AllOfIt() public {
        Order memory order = _shippedOn(_returnTerms());
        _perform(buyer, order, Action.Acknowledge);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderRefunded(_idOf(order), buyer, 3, TOTAL, 0);
        vm.prank(buyer);
        book.perform(order, Action.RequestRefund, 10_000, 0);
    }

    function test_Request_GivesTheSellerThreeDays() public {
        Order memory order = _shipped();
        vm.expectEmit(address(book));
        emit IOrderBook.OrderAdvanced(
            _idOf(order), buyer, State.Requested, uint40(block.timestamp + 3 days), Remedy.Refund, 3000, false, Side.Buyer, "late"
        );
        vm.prank(buyer);
        book.perform(order, Action.RequestRefund, 3000, "late");
        vm.warp(block.timestamp + 3 days);
        _perform(seller, order, Action.Grant);
        assertEq(_balance(buyer), RICH - TOTAL + TOTAL * 3 / 10, "buyer");
        assertEq(_balance(SHOP_ACCOUNT), TOTAL - TOTAL * 3 / 10, "shop");
    }

    function test_Request_SilenceGrants() public {
        Order memory order = _shipped();
        vm.prank(buyer);
        book.perform(order, Action.RequestRefund, 10_000, 0);
        vm.warp(block.timestamp + 3 days);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_TooEarly.selector, _idOf(order), block.timestamp));
        book.settleDue(order);
        vm.warp(block.timestamp + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IOrderBook.OrderBook_TooLate.selector, _idOf(order), block.timestamp - 1)
        );
        _perform(seller, order, Action.Dispute);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderRefunded(_idOf(order), stranger, 3, TOTAL, 0);
        vm.prank(stranger);
        book.settleDue(order);
    }

    function test_Request_ContestedGoesToThePersonAtOnce() public {
        Order memory order = _shipped();
        vm.prank(buyer);
        book.perform(order, Action.RequestRefund, 10_000, 0);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderAdvanced(
            _idOf(order), seller, State.Disputed, uint40(block.timestamp + 30 days), Remedy.Refund, 10_000, false, Side.Seller, "no"
        );
        vm.prank(seller);
        book.perform(order, Action.Dispute, 0, "no");
    }

    function test_Request_RevertWhen_ThePartIsNoneOrMoreThanAll() public {
        Order memory order = _shipped();
        vm.startPrank(buyer);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_InvalidShare.selector, 0));
        book.perform(order, Action.RequestRefund, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_InvalidShare.selector, 10_001));
        book.perform(order, Action.RequestRefund, 10_001, 0);
        vm.stopPrank();
    }

    function test_Request_RevertWhen_Late() public {
        Order memory order = _delivered();
        vm.warp(block.timestamp + 7 days + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IOrderBook.OrderBook_TooLate.selector, _idOf(order), block.timestamp - 1)
        );
        _perform(buyer, order, Action.RequestReturn);
    }

    function test_Request_IsOnlyAskedForWhereTheTermsDoNotOfferIt() public {
        Order memory order = _delivered();
        _perform(buyer, order, Action.RequestExchange);
        _assertState(order, State.Requested);
        order = _delivered();
        vm.prank(buyer);
        book.perform(order, Action.RequestRefund, 1, 0);
        _assertState(order, State.Requested);
    }

    /// What was asked for before counts for nothing afterwards: a granted exchange does not turn a later return into one by right.
    function test_EachRequestStandsForItself() public {
        Order memory order = _shippedOn(_returnTerms());
        _perform(buyer, order, Action.RequestExchange);
        _perform(seller, order, Action.Grant);
        _perform(buyer, order, Action.SendBack);
        _perform(seller, order, Action.AcceptReturn);
        vm.prank(seller);
        book.ship(order, 0);
        _perform(buyer, order, Action.RequestReturn);
        _assertState(order, State.Requested);
        _perform(seller, order, Action.Grant);
        _perform(buyer, order, Action.SendBack);
        _perform(seller, order, Action.AcceptReturn);
        assertEq(_balance(buyer), RICH, "granted: free");
    }

    function test_Confirm_DropsAnOpenRequest() public {
        Order memory order = _shipped();
        _perform(buyer, order, Action.RequestReturn);
        vm.prank(buyer);
        book.confirm(order);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL, "paid");
    }

    function _returnTerms() private view returns (OfferTerms memory terms) {
        terms = _terms();
        terms.returnShippingPrice = PARCEL;
        terms.policy = terms.policy.withRestocking(1500).withRemedies(3);
    }

    function _returnedByRight() private returns (Order memory) {
        return _returned(_returnTerms(), Action.RequestReturn);
    }

    function _returned(OfferTerms memory terms, Action request) private returns (Order memory order) {
        order = _shippedOn(terms);
        _perform(buyer, order, Action.Acknowledge);
        _perform(buyer, order, request);
        _perform(buyer, order, Action.SendBack);
        _assertState(order, State.Returned);
    }
}
