// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Choice, ICourt, Phase, Tariff} from "../../src/dispute/ICourt.sol";
import {IArbitratorView} from "../../src/dispute/IErc792.sol";
import {Side} from "../../src/order/IArbitration.sol";
import {Action, Order, State} from "../../src/order/IOrderBook.sol";
import {CourtTest} from "./CourtTest.sol";

contract AppealTest is CourtTest {
    uint256 private constant COST = 7 * PER_JUROR;
    uint256 private constant TARGET = COST * 3 / 2;
    address private immutable _friend = person("friend");

    function test_Appeal_TheLosingSideBringsTheCostAndAHalf() public {
        (, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        (uint256 raised, uint256 target) = court.appealOf(id, 1, Side.Seller);
        assertEq(target, TARGET, "target");
        assertEq(raised, 0, "raised");
        assertEq(court.appealCost(id, ""), COST, "cost");
        assertEq(uint256(court.disputeStatus(id)), uint256(IArbitratorView.DisputeStatus.Appealable), "status");
        (uint256 start, uint256 end) = court.appealPeriod(id);
        assertEq(end - start, PERIOD, "period");
        _contribute(stranger, id, Side.Seller, TARGET - 1);
        _contribute(_friend, id, Side.Seller, 1);
        assertEq(court.contributionOf(id, 1, Side.Seller, _friend), 1, "given");
        _pass(id);
        _assertPhase(id, Phase.Evidence);
        assertEq(court.getDispute(id).round, 1, "round");
        (start, end) = court.appealPeriod(id);
        assertEq(end, 0, "no period");
        _draw(id);
        assertEq(court.getRound(id, 1).seats, 7, "seven seats");
        assertEq(uint256(court.currentRuling(id)), uint256(Choice.Buyer), "the first ruling stands so far");
    }

    function test_Appeal_NoPeriodBeforeTheRuling() public {
        (, uint256 id) = _joined();
        (uint256 start, uint256 end) = court.appealPeriod(id);
        assertEq(start + end, 0, "no period");
    }

    function test_Appeal_OverturnsAndTheLosersPay() public {
        (Order memory order, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Seller);
        _contribute(stranger, id, Side.Seller, TARGET);
        _contribute(_friend, id, Side.Buyer, TARGET);
        court.passPeriod(id);
        _draw(id);
        _pass(id);
        _vote(id, _all(Choice.Seller, 7));
        _assertRuling(id, Choice.Seller);
        // The second appeal would be the last.
        assertEq(court.appealCost(id, ""), 15 * PER_JUROR, "next cost");
        _pass(id);
        uint256 shopBefore = _balance(SHOP_ACCOUNT);
        court.execute(id, order);
        assertEq(_balance(SHOP_ACCOUNT), shopBefore + TOTAL + FEE, "the shop has the money and its fee");
        court.settleRound(id, 0);
        court.settleRound(id, 1);
        for (uint8 i = 0; i < 3; ++i) {
            (address juror,, Choice choice) = court.seatOf(id, 0, i);
            uint256 fine = choice == Choice.Seller ? 0 : PENALTY;
            assertTrue(_stakeOf(juror) + fine >= STAKE, "the first panel is measured by the last");
        }
        court.settleContribution(id, 1, Side.Seller, stranger);
        court.settleContribution(id, 1, Side.Buyer, _friend);
        assertEq(_balance(stranger), 2 * TARGET - COST, "the winner's backer takes the rest");
        assertEq(_balance(_friend), 0, "the loser's backer pays");
        assertEq(_courtBalance(), 0, "court");
    }

    /// Nobody backed the winner: what the losers brought above the cost is the winning party's.
    function test_Appeal_RejectedWithoutBackersPaysTheParty() public {
        (Order memory order, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        _appeal(id, Side.Seller);
        _vote(id, _all(Choice.Buyer, 7));
        _pass(id);
        court.execute(id, order);
        uint256 before = _balance(buyer);
        court.settleRound(id, 0);
        court.settleRound(id, 1);
        assertEq(_balance(buyer), before + TARGET - COST, "the stake is the buyer's");
        court.settleContribution(id, 1, Side.Seller, stranger);
        assertEq(_balance(stranger), 0, "paid");
        assertEq(_courtBalance(), 0, "court");
    }

    function test_Appeal_OfTheBuyerRejectedPaysTheShop() public {
        (Order memory order, uint256 id) = _ruled(Choice.Seller, Choice.Seller, Choice.Seller);
        _appeal(id, Side.Buyer);
        _vote(id, _all(Choice.Seller, 7));
        _pass(id);
        court.execute(id, order);
        uint256 before = _balance(SHOP_ACCOUNT);
        court.settleRound(id, 1);
        assertEq(_balance(SHOP_ACCOUNT), before + TARGET - COST, "the stake is the shop's");
    }

    function test_Appeal_NotPaidForGivesEverythingBack() public {
        (Order memory order, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        _contribute(stranger, id, Side.Seller, TARGET - 1);
        _contribute(_friend, id, Side.Buyer, 5);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongPhase.selector, id, Phase.Appeal));
        court.settleContribution(id, 1, Side.Seller, stranger);
        // After half the time the losing side can bring no more, and there is nothing to wait for.
        vm.warp(court.getDispute(id).deadline - PERIOD / 2 + 1);
        court.passPeriod(id);
        _assertPhase(id, Phase.Decided);
        court.settleContribution(id, 1, Side.Seller, stranger);
        court.settleContribution(id, 1, Side.Buyer, _friend);
        assertEq(_balance(stranger), TARGET - 1, "back");
        assertEq(_balance(_friend), 5, "back");
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_AlreadySettled.selector, id, 1));
        court.settleContribution(id, 1, Side.Buyer, _friend);
        court.execute(id, order);
    }

    function test_Appeal_AfterAnEvenSplitEitherSideMay() public {
        (Order memory order, uint256 id) = _ruled(Choice.Even, Choice.Even, Choice.Even);
        _appeal(id, Side.Buyer);
        assertEq(court.getDispute(id).round, 1, "appealed");
        // And again: the last panel has fifteen seats, of which the jury fills what it can.
        _vote(id, _all(Choice.Buyer, 7));
        (, uint256 target) = court.appealOf(id, 2, Side.Seller);
        _contribute(_friend, id, Side.Seller, target);
        _pass(id);
        _draw(id);
        assertEq(court.getRound(id, 2).seats, JURORS, "everybody there is");
        _pass(id);
        _vote(id, _all(Choice.Even, JURORS));
        _assertPhase(id, Phase.Decided);
        assertEq(court.appealCost(id, ""), type(uint256).max, "no further appeal");
        (uint256 buyerBefore, uint256 shopBefore) = (_balance(buyer), _balance(SHOP_ACCOUNT));
        court.execute(id, order);
        assertEq(_balance(buyer), buyerBefore + TOTAL / 2 + FEE / 2, "buyer");
        assertEq(_balance(SHOP_ACCOUNT), shopBefore + TOTAL / 2 + FEE / 2, "shop");
        for (uint8 i = 0; i < 3; ++i) court.settleRound(id, i);
        uint256 seven = 7 * PER_JUROR;
        court.settleContribution(id, 1, Side.Buyer, stranger);
        assertEq(_balance(stranger), seven * 3 / 2 - seven, "backers of both sides share what is left");
        court.settleContribution(id, 2, Side.Seller, _friend);
        assertEq(_balance(_friend), target - JURORS * PER_JUROR, "also of the last panel");
        assertEq(_courtBalance(), 0, "court");
    }

    /// A panel that stays away does not undo what the one before it ruled.
    function test_Appeal_ThatNobodyJudgesChangesNothing() public {
        (Order memory order, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        _appeal(id, Side.Seller);
        _pass(id);
        court.passPeriod(id);
        _assertRuling(id, Choice.Buyer);
        _pass(id);
        court.execute(id, order);
        uint256 pool = insurance.availableOf(address(token));
        uint256 before = _balance(buyer);
        court.settleRound(id, 1);
        // They earned nothing, so the whole stake is the winner's; their fines nobody earned.
        assertEq(_balance(buyer), before + TARGET, "buyer");
        assertEq(insurance.availableOf(address(token)), pool, "no fee was left over");
        assertEq(book.balanceOf(address(insurance), address(vote)), 7 * PENALTY, "fines");
    }

    function test_Contribute_RevertWhen_TooMuch() public {
        (, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        _contribute(stranger, id, Side.Seller, 10);
        _stake(_friend, TARGET);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_TooMuch.selector, id, TARGET - 10));
        vm.prank(_friend);
        book.transferAndCall(address(token), address(court), TARGET - 9, abi.encode(id, Side.Seller));
    }

    /// The losing side has half the time, so that the other can still answer.
    function test_Contribute_RevertWhen_Late() public {
        (, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        uint256 deadline = court.getDispute(id).deadline;
        _stake(_friend, 10);
        vm.warp(deadline - PERIOD / 2 + 1);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_TooLate.selector, id, deadline - PERIOD / 2));
        vm.prank(_friend);
        book.transferAndCall(address(token), address(court), 1, abi.encode(id, Side.Seller));
        _contribute(_friend, id, Side.Buyer, 1);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_TooLate.selector, id, deadline));
        vm.prank(_friend);
        book.transferAndCall(address(token), address(court), 1, abi.encode(id, Side.Buyer));
    }

    function test_Contribute_RevertWhen_WrongPhaseTokenOrAmount() public {
        (, uint256 id) = _committing();
        _stake(stranger, 10);
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongPhase.selector, id, Phase.Commit));
        book.transferAndCall(address(token), address(court), 1, abi.encode(id, Side.Buyer));
        vm.stopPrank();
        _vote(id, _all(Choice.Buyer, 3));
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_InvalidPayment.selector, address(token), 0));
        book.transferAndCall(address(token), address(court), 0, abi.encode(id, Side.Seller));
        vm.expectRevert();
        book.transferAndCall(address(token), address(court), 1, "");
        vm.stopPrank();
        vote.mint(address(this), 1);
        vote.approve(address(book), 1);
        book.deposit(address(this), address(vote), 1);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_InvalidPayment.selector, address(vote), 1));
        book.transferAndCall(address(vote), address(court), 1, abi.encode(id, Side.Seller));
    }

    function test_PassPeriod_RevertWhen_TheAppealIsPaidForAndTheOtherMayAnswer() public {
        (, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        _contribute(stranger, id, Side.Seller, TARGET);
        uint256 deadline = court.getDispute(id).deadline;
        vm.warp(deadline);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_TooEarly.selector, id, deadline));
        court.passPeriod(id);
    }

    /// The winning side alone cannot start another round.
    function test_Appeal_NotByTheWinningSideAlone() public {
        (, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        _contribute(stranger, id, Side.Buyer, TARGET);
        _pass(id);
        _assertPhase(id, Phase.Decided);
        court.settleContribution(id, 1, Side.Buyer, stranger);
        assertEq(_balance(stranger), TARGET, "back");
    }

    /// A party that gives in must not take the money of those who backed it.
    function test_Close_InAnAppealSharesTheRestAmongAll() public {
        (Order memory order, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        _contribute(stranger, id, Side.Seller, TARGET);
        _contribute(_friend, id, Side.Buyer, TARGET);
        court.passPeriod(id);
        _draw(id);
        _pass(id);
        _commit(id, _all(Choice.Seller, 2));
        vm.prank(seller);
        book.perform(order, Action.Refund, 0, 0);
        court.close(id);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongPhase.selector, id, Phase.Closed));
        court.settleContribution(id, 1, Side.Buyer, _friend);
        court.settleRound(id, 0);
        court.settleRound(id, 1);
        court.settleContribution(id, 1, Side.Seller, stranger);
        court.settleContribution(id, 1, Side.Buyer, _friend);
        assertEq(_balance(stranger), TARGET - PER_JUROR, "half of the two who had voted");
        assertEq(_balance(_friend), TARGET - PER_JUROR, "and the other half");
        assertEq(_courtBalance(), 0, "court");
    }

    function test_Appeal_WithoutFeesThereIsNone() public {
        court.setTariff(address(token), Tariff(0, 0, 100e6, 1000e6));
        (Order memory order, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        court.passPeriod(id);
        _assertPhase(id, Phase.Decided);
        court.execute(id, order);
        court.settleRound(id, 0);
        _assertState(order, State.Ruled);
    }

    /// Whatever is contributed by whom, the court ends with nothing and nobody gets more than there was.
    function testFuzz_Appeal_ConservesEveryUnit(uint64 a, uint64 b, uint64 c, uint8 votes) public {
        (Order memory order, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Seller);
        uint256 first = bound(a, 1, TARGET - 1);
        _contribute(stranger, id, Side.Seller, first);
        _contribute(_friend, id, Side.Seller, TARGET - first);
        address third = person("third");
        address fourth = person("fourth");
        uint256 second = bound(b, 1, TARGET - 1);
        _contribute(third, id, Side.Buyer, second);
        _contribute(fourth, id, Side.Buyer, bound(c, 1, TARGET - second));
        uint256 paid = TARGET + court.contributionOf(id, 1, Side.Buyer, third)
            + court.contributionOf(id, 1, Side.Buyer, fourth);
        _passWhenDue(id);
        _draw(id);
        _pass(id);
        Choice[] memory choices = new Choice[](7);
        for (uint256 i = 0; i < 7; ++i) choices[i] = votes >> i & 1 == 1 ? Choice.Buyer : Choice.Seller;
        _vote(id, choices);
        _pass(id);
        court.execute(id, order);
        court.settleRound(id, 0);
        court.settleRound(id, 1);
        court.settleContribution(id, 1, Side.Seller, _friend);
        court.settleContribution(id, 1, Side.Buyer, third);
        court.settleContribution(id, 1, Side.Seller, stranger);
        court.settleContribution(id, 1, Side.Buyer, fourth);
        uint256 back = _balance(stranger) + _balance(_friend) + _balance(third) + _balance(fourth);
        assertEq(back, paid - COST, "the panel's cost and nothing more");
        assertEq(_courtBalance(), 0, "court");
    }
}
