// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Side} from "../../src/order/IArbitration.sol";
import {Action, IOrderBook, Order, Remedy, State} from "../../src/order/IOrderBook.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// ship, confirm, cancel, refund, dispute, rule, settleDue: what each does besides the state, and its deadlines to the second.
/// Who may do what in which state is proven row by row from `protocol/vectors/order-lifecycle.json`.
contract LifecycleTest is MarketTest {
    function test_Ship_StartsTheConfirmByClock() public {
        Order memory order = _placed();
        vm.warp(block.timestamp + 2 days);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderAdvanced(_idOf(order), seller, State.Shipped, uint40(block.timestamp + 7 days), Remedy.Refund, 0, false, Side.Buyer, "note");
        vm.prank(seller);
        book.ship(order, "note");
        assertEq(_deadline(order), block.timestamp + 7 days, "deadline");
    }

    function test_Ship_ByStaffOfTheOrdersRole() public {
        Order memory order = _placed();
        vm.prank(seller);
        shop.setStaff(shopId, stranger, 2);
        vm.prank(stranger);
        book.ship(order, 0);
        _assertState(order, State.Shipped);
    }

    function test_Ship_RevertWhen_StaffHasAnotherRole() public {
        Order memory order = _placed();
        vm.prank(seller);
        shop.setStaff(shopId, stranger, 1 | 4 | 8);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotSeller.selector, _idOf(order), stranger));
        vm.prank(stranger);
        book.ship(order, 0);
    }

    function test_Ship_RevertWhen_Late() public {
        Order memory order = _placed();
        vm.warp(block.timestamp + 2 days + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IOrderBook.OrderBook_TooLate.selector, _idOf(order), block.timestamp - 1)
        );
        vm.prank(seller);
        book.ship(order, 0);
    }

    function test_Confirm_PaysTheShop() public {
        Order memory order = _shipped();
        vm.expectEmit(address(book));
        emit IOrderBook.OrderCompleted(_idOf(order), buyer, TOTAL);
        vm.prank(buyer);
        book.confirm(order);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL, "paid");
        assertEq(_deadline(order), 0, "no clock runs");
        assertEq(_stock(offerId), STOCK - 1, "sold");
    }

    function test_Cancel_RefundsAndRestocks() public {
        Order memory order = _placed();
        vm.warp(block.timestamp + 1 hours);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderRefunded(_idOf(order), buyer, 1, TOTAL, 0);
        vm.prank(buyer);
        book.perform(order, Action.Cancel, 0, 0);
        assertEq(_balance(buyer), RICH, "all of it");
        assertEq(_stock(offerId), STOCK, "back on the shelf");
    }

    function test_Cancel_RevertWhen_WindowPassed() public {
        Order memory order = _placed();
        vm.warp(block.timestamp + 1 hours + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IOrderBook.OrderBook_TooLate.selector, _idOf(order), block.timestamp - 1)
        );
        vm.prank(buyer);
        book.perform(order, Action.Cancel, 0, 0);
    }

    function test_Refund_FromPlacedRestocks() public {
        Order memory order = _placed();
        vm.expectEmit(address(book));
        emit IOrderBook.OrderRefunded(_idOf(order), seller, 2, TOTAL, 0);
        vm.prank(seller);
        book.perform(order, Action.Refund, 0, 0);
        assertEq(_balance(buyer), RICH, "all of it");
        assertEq(_stock(offerId), STOCK, "back on the shelf");
    }

    function test_Refund_AfterShipmentDoesNotRestock() public {
        Order memory order = _shipped();
        vm.prank(seller);
        book.perform(order, Action.Refund, 0, 0);
        assertEq(_balance(buyer), RICH, "all of it");
        assertEq(_stock(offerId), STOCK - 1, "still on the way");
    }

    function test_Refund_WorksWhenTheOfferIsDelisted() public {
        Order memory order = _placed();
        vm.prank(seller);
        catalog.delist(offerId >> 16);
        vm.prank(seller);
        book.perform(order, Action.Refund, 0, 0);
        assertEq(_balance(buyer), RICH, "all of it");
        assertEq(_stock(offerId), 0, "stays off sale");
    }

    function test_Dispute_GivesTheArbitratorThirtyDays() public {
        Order memory order = _shipped();
        vm.warp(block.timestamp + 7 days);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderAdvanced(_idOf(order), buyer, State.Disputed, uint40(block.timestamp + 30 days), Remedy.Refund, 0, false, Side.Buyer, "broken");
        vm.prank(buyer);
        book.perform(order, Action.Dispute, 0, "broken");
    }

    function test_Rule_AtTheLastSecond() public {
        Order memory order = _disputed();
        vm.warp(block.timestamp + 30 days);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderRuled(_idOf(order), arbitrator, TOTAL / 4, TOTAL - TOTAL / 4);
        vm.prank(arbitrator);
        book.rule(order, 2500);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL - TOTAL / 4, "seller");
        assertEq(_balance(buyer), RICH - TOTAL + TOTAL / 4, "buyer");
    }

    function test_Rule_RevertWhen_ShareAboveAll() public {
        Order memory order = _disputed();
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_InvalidShare.selector, 10_001));
        vm.prank(arbitrator);
        book.rule(order, 10_001);
    }

    function test_Rule_RevertWhen_AnotherAllowedArbitratorCalls() public {
        Order memory order = _disputed();
        parameters.setArbitrator(stranger, true);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotArbitrator.selector, _idOf(order), stranger));
        vm.prank(stranger);
        book.rule(order, 10_000);
    }

    function test_Rule_ByTheAgreedArbitratorThoughSinceDropped() public {
        Order memory order = _disputed();
        parameters.setArbitrator(arbitrator, false);
        vm.prank(arbitrator);
        book.rule(order, 10_000);
        assertEq(_balance(buyer), RICH, "all of it");
    }

    function test_SettleDue_RefundsWhatWasNotShipped() public {
        Order memory order = _placed();
        vm.warp(block.timestamp + 2 days + 1);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderRefunded(_idOf(order), stranger, 0, TOTAL, 0);
        vm.prank(stranger);
        book.settleDue(order);
        assertEq(_balance(buyer), RICH, "all of it");
        assertEq(_stock(offerId), STOCK, "back on the shelf");
    }

    function test_SettleDue_PaysWhatWasShippedAndNotContested() public {
        Order memory order = _shipped();
        vm.warp(block.timestamp + 14 days + 1);
        vm.prank(stranger);
        book.settleDue(order);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL, "paid");
    }

    function test_SettleDue_SplitsEvenlyWhenNobodyRuled() public {
        Order memory order = _disputed();
        vm.warp(block.timestamp + 30 days + 1);
        vm.prank(stranger);
        book.settleDue(order);
        _assertState(order, State.Ruled);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL / 2, "seller");
        assertEq(_balance(buyer), RICH - TOTAL / 2, "buyer");
    }

    function test_SettleDue_RevertWhen_DeadlineIsNow() public {
        Order memory order = _placed();
        vm.warp(block.timestamp + 2 days);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_TooEarly.selector, _idOf(order), block.timestamp));
        book.settleDue(order);
    }

    function test_RevertWhen_TheOrderIsAlteredAfterwards() public {
        Order memory order = _placed();
        order.terms.unitPrice *= 2;
        bytes32 unknown = _idOf(order);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_WrongState.selector, unknown, State.None));
        vm.prank(buyer);
        book.confirm(order);
    }

    function test_OrdersOutliveANewVersionOfTheListing() public {
        Order memory order = _placed();
        vm.prank(seller);
        catalog.delist(offerId >> 16);
        parameters.setCurrency(address(token), false);
        vm.prank(seller);
        book.ship(order, 0);
        vm.prank(buyer);
        book.confirm(order);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL, "paid");
    }
}
