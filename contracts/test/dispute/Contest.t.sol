// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Choice, DisputeView, ICourt, Phase} from "../../src/dispute/ICourt.sol";
import {IArbitratorView} from "../../src/dispute/IErc792.sol";
import {Case, Side} from "../../src/order/IArbitration.sol";
import {Action, IOrderBook, Order, State} from "../../src/order/IOrderBook.sol";
import {OfferTerms} from "../../src/shop/ICatalog.sol";
import {Policy} from "../../src/shop/Policy.sol";
import {PolicyFields} from "../support/PolicyFields.sol";
import {CourtTest} from "./CourtTest.sol";

contract ContestTest is CourtTest {
    using PolicyFields for Policy;

    function test_Contest_TheOpenerPaysItsFee() public {
        Order memory order = _courtOrder();
        uint256 before = _balance(buyer);
        uint256 id = _dispute(order);
        assertEq(_balance(buyer), before - FEE, "buyer");
        assertEq(_courtBalance(), FEE, "court");
        DisputeView memory d = court.getDispute(id);
        assertEq(d.orderId, _idOf(order), "order");
        assertEq(d.buyer, buyer, "buyer");
        assertEq(d.shopId, shopId, "shop");
        assertEq(d.currency, address(token), "currency");
        assertEq(d.feePerJuror, PER_JUROR, "fee");
        assertTrue(d.buyerPaid && !d.sellerPaid && !d.insured, "who paid");
        assertEq(d.tier, 0, "tier");
        _assertPhase(id, Phase.Contested);
        assertEq(uint256(court.disputeStatus(id)), uint256(IArbitratorView.DisputeStatus.Waiting), "status");
        assertEq(id, uint256(_idOf(order)), "id");
    }

    function test_Join_BothHavePaidAndAPanelIsPinned() public {
        uint256 shopBefore = _balance(SHOP_ACCOUNT);
        (Order memory order, uint256 id) = _contested();
        _join(order);
        assertEq(_balance(SHOP_ACCOUNT), shopBefore - FEE, "shop");
        assertEq(_courtBalance(), 2 * FEE, "court");
        DisputeView memory d = court.getDispute(id);
        assertTrue(d.buyerPaid && d.sellerPaid, "who paid");
        assertEq(d.deadline, 0, "the clock starts with the draw");
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_NotDrawn.selector, id));
        court.passPeriod(id);
        vm.prank(buyer);
        court.submitEvidence(id, "early");
        court.draw(id);
        d = court.getDispute(id);
        assertEq(d.pinnedBlock, block.number + 1, "pinned");
        assertEq(d.ticket, 1, "ticket");
        assertEq(d.deadline, block.timestamp + PERIOD, "deadline");
        _assertPhase(id, Phase.Evidence);
    }

    function test_RevertWhen_NotTheOrderBook() public {
        bytes memory refusal = abi.encodeWithSelector(ICourt.Court_NotOrderBook.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(refusal);
        court.onContested(Case(0, buyer, 1, address(token), 5), Side.Buyer, buyer);
        vm.expectRevert(refusal);
        court.onJoined(0, Side.Buyer, buyer);
        vm.expectRevert(refusal);
        court.onPaid(stranger, address(token), 1, "");
        vm.stopPrank();
    }

    /// What the order book never does, and would be refused.
    function test_Join_RevertWhen_TheSameSideOrNothingToJoin() public {
        (Order memory order, uint256 id) = _contested();
        bytes32 orderId = _idOf(order);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongSide.selector, id, Side.Buyer));
        vm.prank(address(book));
        court.onJoined(orderId, Side.Buyer, buyer);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongPhase.selector, 0, Phase.None));
        vm.prank(address(book));
        court.onJoined("unknown", Side.Buyer, buyer);
    }

    function test_Contest_ACurrencyWithoutTariffIsJudgedByShareAlone() public {
        OfferTerms memory terms = _terms();
        (terms.arbitrator, terms.currency, terms.unitPrice) = (address(court), NATIVE, 1 ether);
        Order memory order = _orderOf(_publish(terms, 5), terms);
        vm.prank(buyer);
        book.placeOrder{value: 3 ether}(order);
        vm.prank(seller);
        book.ship(order, 0);
        uint256 id = _dispute(order);
        (uint256 fee, uint256 perJuror, uint8 tier) = court.feeOf(NATIVE, 1 ether + SHIPPING);
        assertEq(court.getDispute(id).feePerJuror, perJuror, "per juror");
        assertEq(fee, 3 * perJuror, "fee");
        uint256 share = (1 ether + SHIPPING) / 100;
        assertTrue(perJuror <= share && share - perJuror < share / 1e6, "one percent, in few digits");
        assertEq(tier, 1, "tier");
        assertEq(court.getDispute(id).currency, NATIVE, "currency");
        assertEq(court.arbitrationCost(abi.encode(NATIVE, 1 ether + SHIPPING)), fee, "ERC-792");
        assertEq(court.tariffOf(NATIVE).feeBps, 100, "tariff");
    }

    function test_SubmitEvidence_ByEitherPartyInTime() public {
        (, uint256 id) = _contested();
        vm.prank(buyer);
        court.submitEvidence(id, "ipfs://picture");
        vm.prank(seller);
        court.submitEvidence(id, "ipfs://waybill");
    }

    function test_SubmitEvidence_RevertWhen_Stranger() public {
        (, uint256 id) = _joined();
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_NotParty.selector, id, stranger));
        vm.prank(stranger);
        court.submitEvidence(id, "x");
    }

    function test_SubmitEvidence_RevertWhen_EmptyOrTooLong() public {
        (, uint256 id) = _joined();
        vm.startPrank(buyer);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_InvalidText.selector, 0));
        court.submitEvidence(id, "");
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_InvalidText.selector, 2049));
        court.submitEvidence(id, string(new bytes(2049)));
        vm.stopPrank();
    }

    function test_SubmitEvidence_RevertWhen_Late() public {
        (, uint256 id) = _drawn();
        uint256 deadline = court.getDispute(id).deadline;
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_TooLate.selector, id, deadline));
        vm.prank(buyer);
        court.submitEvidence(id, "late");
        court.passPeriod(id);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongPhase.selector, id, Phase.Commit));
        vm.prank(buyer);
        court.submitEvidence(id, "later");
    }

    function test_Close_NobodyJoined() public {
        (Order memory order, uint256 id) = _contested();
        uint256 before = _balance(buyer);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_StillOpen.selector, id));
        court.close(id);
        vm.warp(_deadline(order) + 1);
        book.settleDue(order);
        court.close(id);
        assertEq(_balance(buyer), before + TOTAL + FEE, "the opener has everything back");
        assertEq(_courtBalance(), 0, "court");
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongPhase.selector, id, Phase.Closed));
        court.close(id);
    }

    function test_Close_RevertWhen_Unknown() public {
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongPhase.selector, 7, Phase.None));
        court.close(7);
    }

    function test_Close_OpenedByTheSeller() public {
        Order memory order = _courtOrder();
        vm.prank(buyer);
        book.perform(order, Action.RequestRefund, 10_000, 0);
        uint256 before = _balance(SHOP_ACCOUNT);
        vm.prank(seller);
        book.perform(order, Action.Dispute, 0, 0);
        uint256 id = court.disputeOf(_idOf(order));
        assertEq(_balance(SHOP_ACCOUNT), before - FEE, "fee");
        vm.prank(seller);
        book.perform(order, Action.Refund, 0, 0);
        court.close(id);
        assertEq(_balance(SHOP_ACCOUNT), before, "fee back");
        assertEq(_courtBalance(), 0, "court");
    }

    function test_Close_BeforeThePanelEverythingGoesBack() public {
        (Order memory order, uint256 id) = _joined();
        uint256 shopBefore = _balance(SHOP_ACCOUNT);
        vm.prank(seller);
        book.perform(order, Action.Refund, 0, 0);
        court.close(id);
        assertEq(_balance(SHOP_ACCOUNT), shopBefore + FEE, "shop");
        assertEq(_courtBalance(), 0, "court");
        // The ticket still waits and holds the stakes; anyone ends that.
        vm.roll(block.number + 2);
        assertTrue(court.drawPending(), "waits");
        court.draw(id);
        assertTrue(!court.drawPending(), "over");
        assertEq(court.getRound(id, 0).seats, 0, "nobody was drawn");
    }

    function test_Close_ConcessionAfterTheVoteBegan() public {
        (Order memory order, uint256 id) = _committing();
        Choice[] memory choices = _choices(Choice.Buyer, Choice.Seller, Choice.None);
        _commit(id, choices);
        (uint256 buyerBefore, uint256 shopBefore) = (_balance(buyer), _balance(SHOP_ACCOUNT));
        vm.prank(seller);
        book.perform(order, Action.Refund, 0, 0);
        court.close(id);
        assertEq(_balance(buyer), buyerBefore + TOTAL + FEE, "buyer");
        // Two had voted; the seller gave in and pays them.
        assertEq(_balance(SHOP_ACCOUNT), shopBefore + FEE - 2 * PER_JUROR, "shop");
        court.settleRound(id, 0);
        assertEq(_balance(_seatOf(id, 0, 0)), PER_JUROR, "voted");
        assertEq(_balance(_seatOf(id, 0, 1)), PER_JUROR, "voted");
        assertEq(_balance(_seatOf(id, 0, 2)), 0, "had not voted");
        for (uint8 i = 0; i < 3; ++i) {
            assertEq(_stakeOf(_seatOf(id, 0, i)), STAKE, "nobody loses stake");
            assertEq(_lockedOf(_seatOf(id, 0, i)), 0, "free");
        }
        assertEq(_courtBalance(), 0, "court");
    }

    function test_Close_TheBuyerGaveIn() public {
        (Order memory order, uint256 id) = _committing();
        _commit(id, _all(Choice.Seller, 3));
        uint256 buyerBefore = _balance(buyer);
        vm.prank(buyer);
        book.confirm(order);
        court.close(id);
        assertEq(_balance(buyer), buyerBefore, "the buyer pays all three");
        court.settleRound(id, 0);
        assertEq(_courtBalance(), 0, "court");
    }

    /// A court that never rules: the order book splits after thirty days, and each side pays half of who had voted.
    function test_Close_TheCourtNeverRuled() public {
        (Order memory order, uint256 id) = _committing();
        _commit(id, _choices(Choice.Buyer, Choice.None, Choice.None));
        (uint256 buyerBefore, uint256 shopBefore) = (_balance(buyer), _balance(SHOP_ACCOUNT));
        vm.warp(_deadline(order) + 1);
        book.settleDue(order);
        _assertState(order, State.Ruled);
        court.close(id);
        assertEq(_balance(buyer), buyerBefore + TOTAL / 2 + FEE - PER_JUROR / 2, "buyer");
        assertEq(_balance(SHOP_ACCOUNT), shopBefore + TOTAL / 2 + FEE - (PER_JUROR - PER_JUROR / 2), "shop");
        court.settleRound(id, 0);
        assertEq(_courtBalance(), 0, "court");
    }

    function test_Execute_RevertWhen_TheOrderHasLeft() public {
        (Order memory order, uint256 id) = _decided(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        vm.warp(_deadline(order) + 1);
        book.settleDue(order);
        vm.expectRevert(
            abi.encodeWithSelector(IOrderBook.OrderBook_WrongState.selector, _idOf(order), State.Ruled)
        );
        court.execute(id, order);
        court.close(id);
        court.settleRound(id, 0);
        assertEq(_courtBalance(), 0, "court");
    }

    /// Under a warranty an order can come before the court again; the earlier dispute is still wound up by itself.
    function test_Contest_AgainUnderWarranty() public {
        OfferTerms memory terms = _terms();
        terms.arbitrator = address(court);
        terms.policy = terms.policy.withWarranty(90 days, 1000);
        Order memory order = _orderOf(_publish(terms, 5), terms);
        _place(order);
        vm.prank(seller);
        book.ship(order, 0);
        uint256 first = _dispute(order);
        _join(order);
        _draw(first);
        _pass(first);
        _commit(first, _all(Choice.Seller, 3));
        vm.prank(buyer);
        book.confirm(order);
        _assertState(order, State.Warranty);
        vm.prank(buyer);
        book.perform(order, Action.RequestRefund, 10_000, 0);
        vm.prank(seller);
        book.perform(order, Action.Dispute, 0, 0);
        uint256 second = court.disputeOf(_idOf(order));
        assertEq(second, first + 1, "another dispute");
        assertEq(court.getDispute(second).orderId, _idOf(order), "of the same order");
        // Only the reserve is at stake: a tenth, and so the least fee applies.
        assertEq(court.getDispute(second).feePerJuror, MIN_FEE, "fee");
        vm.prank(buyer);
        book.perform(order, Action.Join, 0, 0);
        _draw(second);
        uint256 before = _balance(buyer);
        court.close(first);
        assertEq(_balance(buyer), before, "the sale stood: the buyer pays");
        court.settleRound(first, 0);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_StillOpen.selector, second));
        court.close(second);
        _pass(second);
        _vote(second, _all(Choice.Buyer, 3));
        _pass(second);
        court.execute(second, order);
        court.settleRound(second, 0);
        assertEq(_courtBalance(), 0, "court");
    }

    function test_Close_TheBuyerWonAfterADraw() public {
        (Order memory order, uint256 id) = _drawn();
        vm.prank(seller);
        book.perform(order, Action.Refund, 0, 0);
        court.close(id);
        assertEq(_courtBalance(), 0, "nobody had voted");
        court.settleRound(id, 0);
        assertEq(_courtBalance(), 0, "court");
    }
}
