// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Choice, Tariff} from "../../src/dispute/ICourt.sol";
import {IFeeInsurance} from "../../src/dispute/IFeeInsurance.sol";
import {Action, Order} from "../../src/order/IOrderBook.sol";
import {OfferTerms} from "../../src/shop/ICatalog.sol";
import {CourtTest} from "./CourtTest.sol";

contract FeeInsuranceTest is CourtTest {
    uint256 private constant PREMIUM = PER_JUROR;

    function setUp() public override {
        super.setUp();
        // What many premiums have left behind.
        _stake(stranger, 10 * FEE);
        vm.prank(stranger);
        book.transfer(address(token), address(insurance), 10 * FEE);
    }

    function _placedAtCourt() private returns (Order memory order) {
        OfferTerms memory terms = _terms();
        terms.arbitrator = address(court);
        order = _orderOf(courtOffer, terms);
        _place(order);
    }

    function _insure(Order memory order, uint256 amount) private {
        vm.prank(order.buyer);
        book.transferAndCall(address(token), address(insurance), amount, abi.encode(order));
    }

    function _insured() private returns (Order memory order, uint256 id) {
        order = _placedAtCourt();
        _insure(order, PREMIUM);
        vm.prank(seller);
        book.ship(order, 0);
        id = _dispute(order);
    }

    function test_Insure_ThePoolStandsInForTheBuyersFee() public {
        Order memory order = _placedAtCourt();
        _insure(order, PREMIUM);
        assertEq(insurance.premiumOf(_idOf(order)), PREMIUM, "premium");
        vm.prank(seller);
        book.ship(order, 0);
        uint256 before = _balance(buyer);
        uint256 pool = insurance.availableOf(address(token));
        uint256 id = _dispute(order);
        assertEq(_balance(buyer), before, "the buyer brings nothing");
        assertEq(_courtBalance(), 0, "nor does the court hold anything yet");
        assertEq(insurance.availableOf(address(token)), pool - FEE, "reserved");
        assertTrue(court.getDispute(id).insured && !court.getDispute(id).buyerPaid, "insured");
    }

    function test_Insured_BuyerWinsAndThePoolLosesNothing() public {
        (Order memory order, uint256 id) = _insured();
        _join(order);
        _draw(id);
        _pass(id);
        _vote(id, _all(Choice.Buyer, 3));
        _pass(id);
        court.execute(id, order);
        court.settleRound(id, 0);
        assertEq(insurance.availableOf(address(token)), 10 * FEE + PREMIUM, "pool");
        assertEq(_courtBalance(), 0, "court");
    }

    function test_Insured_BuyerLosesAndThePoolPaysThePanel() public {
        (Order memory order, uint256 id) = _insured();
        _join(order);
        _draw(id);
        _pass(id);
        _vote(id, _all(Choice.Seller, 3));
        _pass(id);
        uint256 before = _balance(buyer);
        court.execute(id, order);
        court.settleRound(id, 0);
        assertEq(_balance(buyer), before, "the buyer pays no fee");
        assertEq(insurance.availableOf(address(token)), 9 * FEE + PREMIUM, "pool");
        assertEq(_courtBalance(), 0, "court");
    }

    function test_Insured_EvenSplitCostsThePoolAHalf() public {
        (Order memory order, uint256 id) = _insured();
        _join(order);
        _draw(id);
        _pass(id);
        _vote(id, _all(Choice.Even, 3));
        _pass(id);
        court.execute(id, order);
        court.settleRound(id, 0);
        assertEq(insurance.availableOf(address(token)), 10 * FEE + PREMIUM - FEE / 2, "pool");
        assertEq(_courtBalance(), 0, "court");
    }

    function test_Insured_OrderLeavesBeforeAnyoneJoins() public {
        (Order memory order, uint256 id) = _insured();
        vm.prank(seller);
        book.perform(order, Action.Refund, 0, 0);
        court.close(id);
        assertEq(insurance.availableOf(address(token)), 10 * FEE + PREMIUM, "pool");
        assertEq(_courtBalance(), 0, "court");
    }

    function test_Insured_BuyerJoinsWhatTheSellerOpened() public {
        Order memory order = _placedAtCourt();
        _insure(order, PREMIUM);
        vm.prank(seller);
        book.ship(order, 0);
        vm.prank(buyer);
        book.perform(order, Action.RequestRefund, 10_000, 0);
        vm.prank(seller);
        book.perform(order, Action.Dispute, 0, 0);
        uint256 before = _balance(buyer);
        vm.prank(buyer);
        book.perform(order, Action.Join, 0, 0);
        assertEq(_balance(buyer), before, "nothing");
        assertTrue(court.getDispute(court.disputeOf(_idOf(order))).insured, "insured");
    }

    /// A pool that cannot pay stands in for nobody; the buyer pays as if there were none.
    function test_Insure_ThePoolIsTooSmall() public {
        vm.prank(address(insurance));
        book.transfer(address(token), stranger, 10 * FEE);
        (, uint256 id) = _insured();
        assertTrue(!court.getDispute(id).insured && court.getDispute(id).buyerPaid, "the buyer paid");
        assertEq(_courtBalance(), FEE, "court");
    }

    function test_Insure_NotAboveThreePremiums() public {
        Order memory order = _placedAtCourt();
        _insure(order, PREMIUM);
        court.setTariff(address(token), Tariff(MIN_FEE, 101, 100e6, 1000e6));
        vm.prank(seller);
        book.ship(order, 0);
        uint256 id = _dispute(order);
        assertTrue(!court.getDispute(id).insured, "the fee has outgrown the premium");
    }

    function test_Insure_RevertWhen_TheOrderHasMovedOnOrWasNeverPlaced() public {
        Order memory order = _courtOrder();
        vm.expectRevert(abi.encodeWithSelector(IFeeInsurance.FeeInsurance_TooLate.selector, _idOf(order)));
        _insureAs(order, PREMIUM);
        OfferTerms memory terms = _terms();
        terms.arbitrator = address(court);
        Order memory unplaced = _orderOf(courtOffer, terms);
        vm.expectRevert(abi.encodeWithSelector(IFeeInsurance.FeeInsurance_TooLate.selector, _idOf(unplaced)));
        _insureAs(unplaced, PREMIUM);
    }

    function test_Insure_RevertWhen_AnotherCourt() public {
        Order memory order = _placed();
        vm.expectRevert(
            abi.encodeWithSelector(IFeeInsurance.FeeInsurance_OtherCourt.selector, _idOf(order), arbitrator)
        );
        _insureAs(order, PREMIUM);
    }

    function test_Insure_RevertWhen_TwiceOrTheWrongPremium() public {
        Order memory order = _placedAtCourt();
        bytes memory refusal =
            abi.encodeWithSelector(IFeeInsurance.FeeInsurance_WrongPremium.selector, address(token), PREMIUM - 1, PREMIUM);
        vm.expectRevert(refusal);
        _insureAs(order, PREMIUM - 1);
        _insure(order, PREMIUM);
        vm.expectRevert(abi.encodeWithSelector(IFeeInsurance.FeeInsurance_AlreadyInsured.selector, _idOf(order)));
        _insureAs(order, PREMIUM);
    }

    function test_RevertWhen_NotTheOrderBookOrTheCourt() public {
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IFeeInsurance.FeeInsurance_NotOrderBook.selector, stranger));
        insurance.onPaid(stranger, address(token), 1, "");
        vm.expectRevert(abi.encodeWithSelector(IFeeInsurance.FeeInsurance_NotCourt.selector, stranger));
        insurance.reserve("id", address(token), 1);
        vm.expectRevert(abi.encodeWithSelector(IFeeInsurance.FeeInsurance_NotCourt.selector, stranger));
        insurance.conclude("id", address(token), 1, 1);
        vm.stopPrank();
    }

    /// Losing on purpose: whoever is buyer and seller at once and holds a third of the panel pays a premium and gets one fee.
    function test_Insured_LosingOnPurposeGainsNothing() public {
        (Order memory order, uint256 id) = _insured();
        _join(order);
        _draw(id);
        _pass(id);
        _vote(id, _all(Choice.Seller, 3));
        _pass(id);
        court.execute(id, order);
        court.settleRound(id, 0);
        // One of the three jurors is the attacker's: what it earned is what the premium cost.
        assertEq(_balance(_seatOf(id, 0, 0)), PREMIUM, "no profit");
    }

    /// @dev As {_insure}, for calls that are expected to revert: nothing but the payment is called.
    function _insureAs(Order memory order, uint256 amount) private {
        bytes memory data = abi.encode(order);
        vm.prank(buyer);
        book.transferAndCall(address(token), address(insurance), amount, data);
    }
}
