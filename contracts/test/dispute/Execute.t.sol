// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Choice, ICourt, Phase} from "../../src/dispute/ICourt.sol";
import {IArbitratorView} from "../../src/dispute/IErc792.sol";
import {Order, State} from "../../src/order/IOrderBook.sol";
import {CourtTest} from "./CourtTest.sol";

contract ExecuteTest is CourtTest {
    function test_Execute_BuyerWinsAndGetsItsFeeBack() public {
        (Order memory order, uint256 id) = _decided(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        assertEq(uint256(court.disputeStatus(id)), uint256(IArbitratorView.DisputeStatus.Solved), "status");
        (uint256 buyerBefore, uint256 shopBefore) = (_balance(buyer), _balance(SHOP_ACCOUNT));
        vm.prank(stranger);
        court.execute(id, order);
        assertEq(_balance(buyer), buyerBefore + TOTAL + FEE, "buyer");
        assertEq(_balance(SHOP_ACCOUNT), shopBefore, "shop");
        _assertState(order, State.Ruled);
        _assertPhase(id, Phase.Executed);
        court.settleRound(id, 0);
        for (uint8 i = 0; i < 3; ++i) assertEq(_balance(_seatOf(id, 0, i)), PER_JUROR, "juror");
        assertEq(_courtBalance(), 0, "court");
    }

    function test_Execute_SellerWins() public {
        (Order memory order, uint256 id) = _decided(Choice.Seller, Choice.Seller, Choice.Buyer);
        (uint256 buyerBefore, uint256 shopBefore) = (_balance(buyer), _balance(SHOP_ACCOUNT));
        court.execute(id, order);
        assertEq(_balance(buyer), buyerBefore, "buyer");
        assertEq(_balance(SHOP_ACCOUNT), shopBefore + TOTAL + FEE, "shop");
        court.settleRound(id, 0);
        assertEq(_balance(_seatOf(id, 0, 0)), FEE / 2, "coherent");
        assertEq(_balance(_seatOf(id, 0, 2)), 0, "incoherent");
        assertEq(_stakeOf(_seatOf(id, 0, 0)), STAKE + PENALTY / 2, "coherent");
        assertEq(_stakeOf(_seatOf(id, 0, 2)), STAKE - PENALTY, "incoherent");
        assertEq(book.balanceOf(address(jury), address(vote)), JURORS * STAKE, "stakes");
    }

    function test_Execute_EvenSplit() public {
        (Order memory order, uint256 id) = _decided(Choice.Even, Choice.Even, Choice.Even);
        (uint256 buyerBefore, uint256 shopBefore) = (_balance(buyer), _balance(SHOP_ACCOUNT));
        court.execute(id, order);
        assertEq(_balance(buyer), buyerBefore + TOTAL / 2 + FEE / 2, "buyer");
        assertEq(_balance(SHOP_ACCOUNT), shopBefore + TOTAL / 2 + FEE / 2, "shop");
    }

    /// A tie splits evenly, and everybody who voted was right.
    function test_Execute_Tie() public {
        (Order memory order, uint256 id) = _decided(Choice.Buyer, Choice.Seller, Choice.None);
        uint256 buyerBefore = _balance(buyer);
        court.execute(id, order);
        assertEq(_balance(buyer), buyerBefore + TOTAL / 2 + FEE / 2, "buyer");
        court.settleRound(id, 0);
        assertEq(_stakeOf(_seatOf(id, 0, 0)), STAKE + PENALTY / 2, "voted");
        assertEq(_stakeOf(_seatOf(id, 0, 1)), STAKE + PENALTY / 2, "voted");
        assertEq(_stakeOf(_seatOf(id, 0, 2)), STAKE - PENALTY, "absent");
        assertEq(_courtBalance(), 0, "court");
    }

    /// Nobody voted: an even split, both fees go back whole, the panel's fines go to the insurance.
    function test_Execute_NobodyVoted() public {
        (Order memory order, uint256 id) = _committing();
        _pass(id);
        court.passPeriod(id);
        _pass(id);
        (uint256 buyerBefore, uint256 shopBefore) = (_balance(buyer), _balance(SHOP_ACCOUNT));
        court.execute(id, order);
        assertEq(_balance(buyer), buyerBefore + TOTAL / 2 + FEE, "buyer");
        assertEq(_balance(SHOP_ACCOUNT), shopBefore + TOTAL / 2 + FEE, "shop");
        court.settleRound(id, 0);
        for (uint8 i = 0; i < 3; ++i) assertEq(_stakeOf(_seatOf(id, 0, i)), STAKE - PENALTY, "absent");
        assertEq(book.balanceOf(address(insurance), address(vote)), 3 * PENALTY, "fines");
        assertEq(_courtBalance(), 0, "court");
    }

    function test_Execute_RevertWhen_NotDecidedOrTwice() public {
        (Order memory order, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongPhase.selector, id, Phase.Appeal));
        court.execute(id, order);
        _pass(id);
        court.execute(id, order);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongPhase.selector, id, Phase.Executed));
        court.execute(id, order);
    }

    /// One dispute's ruling is not another order's.
    function test_Execute_RevertWhen_AnotherOrder() public {
        (, uint256 id) = _decided(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        (Order memory other, uint256 otherId) = _joined();
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_UnknownDispute.selector, otherId));
        court.execute(id, other);
        _assertState(other, State.Disputed);
    }

    function test_SettleRound_RevertWhen_OpenOrTwiceOrUnknownRound() public {
        (Order memory order, uint256 id) = _decided(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongPhase.selector, id, Phase.Decided));
        court.settleRound(id, 0);
        court.execute(id, order);
        court.settleRound(id, 0);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_AlreadySettled.selector, id, 0));
        court.settleRound(id, 0);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_AlreadySettled.selector, id, 1));
        court.settleRound(id, 1);
    }

    /// Whatever three jurors do, no unit appears or disappears and no stake goes below zero.
    function testFuzz_Payoffs_ConserveEveryUnit(uint8 a, uint8 b, uint8 c, uint8 price) public {
        Choice[] memory choices = _choices(Choice(a % 4), Choice(b % 4), Choice(c % 4));
        Order memory order = _courtOrder();
        order.quantity = uint64(price) + 1;
        order.salt = bytes32(uint256(price) << 128);
        _place(order);
        vm.prank(seller);
        book.ship(order, 0);
        uint256 all = _balance(buyer) + _balance(SHOP_ACCOUNT) + book.totalOf(order);
        uint256 id = _dispute(order);
        _join(order);
        _draw(id);
        _pass(id);
        _vote(id, choices);
        _pass(id);
        court.execute(id, order);
        court.settleRound(id, 0);
        uint256 jurorsFees = 0;
        uint256 stakes = 0;
        for (uint256 i = 0; i < JURORS; ++i) {
            jurorsFees += _balance(jurors[i]);
            stakes += _stakeOf(jurors[i]);
            assertEq(_lockedOf(jurors[i]), 0, "free");
        }
        uint256 left = _balance(address(insurance));
        assertEq(_balance(buyer) + _balance(SHOP_ACCOUNT) + jurorsFees + left, all, "currency");
        assertEq(stakes, book.balanceOf(address(jury), address(vote)), "stakes are what the jury holds");
        assertEq(
            stakes + book.balanceOf(address(insurance), address(vote)), JURORS * STAKE, "stake token"
        );
        assertEq(_courtBalance(), 0, "court");
    }
}
