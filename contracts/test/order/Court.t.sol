// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Case, Side} from "../../src/order/IArbitration.sol";
import {Action, IOrderBook, Order, Remedy, SignedAction, State} from "../../src/order/IOrderBook.sol";
import {IVault} from "../../src/order/IVault.sol";
import {OfferTerms} from "../../src/shop/ICatalog.sol";
import {TestCourt} from "../mocks/TestCourt.sol";
import {ITreasury} from "../../src/shop/ITreasury.sol";
import {Roles} from "../../src/shop/Roles.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// Disputes before a court: who pays its fee from where, what silence means, and what a bad court can and cannot do.
contract CourtTest is MarketTest {
    uint256 private constant FEE = 1e6;

    TestCourt private _court;
    uint256 private _offer;

    function setUp() public override {
        super.setUp();
        _court = new TestCourt(book);
        _court.setFee(FEE);
        parameters.setArbitrator(address(_court), true);
        _offer = _publish(_courtTerms(), STOCK);
    }

    function test_Dispute_TakesTheFeeAndGivesTheOtherSideThreeDays() public {
        Order memory order = _underCourt();
        vm.expectEmit(address(book));
        emit IOrderBook.OrderAdvanced(
            _idOf(order), buyer, State.Contested, uint40(block.timestamp + 3 days), Remedy.Refund, 0, false, Side.Buyer, "why"
        );
        vm.expectEmit(address(book));
        emit IOrderBook.ArbitrationFeePaid(_idOf(order), buyer, Side.Buyer, FEE);
        vm.prank(buyer);
        book.perform(order, Action.Dispute, 0, "why");
        assertEq(_balance(address(_court)), FEE, "court");
        assertEq(_balance(buyer), RICH - TOTAL - FEE, "buyer");
    }

    function test_Dispute_TellsTheCourtWhatIsAtStake() public {
        Order memory order = _contested();
        Case memory heard = _court.lastCase();
        assertEq(heard.orderId, _idOf(order), "order");
        assertEq(heard.buyer, buyer, "buyer");
        assertEq(heard.shopId, shopId, "shop");
        assertEq(heard.currency, address(token), "currency");
        assertEq(heard.atStake, TOTAL, "at stake");
        assertEq(_court.lastPayer(), buyer, "payer");
        assertEq(uint8(_court.lastSide()), uint8(Side.Buyer), "side");
    }

    function test_Join_TakesThePersonsMoneyWhenTheTillIsShort() public {
        _stake(SHOP_ACCOUNT, FEE - 1);
        _stake(seller, 400_000);
        token.mint(seller, FEE - 400_000);
        vm.prank(seller);
        token.approve(address(book), FEE - 400_000);
        Order memory order = _contested();
        vm.expectEmit(address(book));
        emit IOrderBook.ArbitrationFeePaid(_idOf(order), seller, Side.Seller, FEE);
        _perform(seller, order, Action.Join);
        _assertState(order, State.Disputed);
        assertEq(_deadline(order), block.timestamp + 30 days, "clock");
        assertEq(_balance(SHOP_ACCOUNT), FEE - 1, "the till is untouched");
        assertEq(_balance(seller), 0, "balance");
        assertEq(token.balanceOf(seller), 0, "wallet");
        assertEq(_balance(address(_court)), 2 * FEE, "court");
        assertEq(_court.lastPayer(), SHOP_ACCOUNT, "what comes back is the shop's");
    }

    function test_Join_StaffForOrdersNeverSpendsTheTill() public {
        vm.prank(seller);
        shop.setStaff(shopId, stranger, Roles.ORDERS);
        _stake(SHOP_ACCOUNT, FEE);
        _stake(stranger, FEE);
        _perform(stranger, _contested(), Action.Join);
        assertEq(_balance(SHOP_ACCOUNT), FEE, "the till is untouched");
        assertEq(_balance(stranger), 0, "who acts, pays");
    }

    function test_Join_MoneyStaffSpendsTheTillWithinTheirLimit() public {
        vm.prank(seller);
        shop.setStaff(shopId, stranger, Roles.ORDERS | Roles.MONEY);
        _stake(SHOP_ACCOUNT, FEE);
        Order memory order = _contested();
        vm.expectRevert(
            abi.encodeWithSelector(ITreasury.Treasury_OverLimit.selector, shopId, stranger, 0, FEE)
        );
        _perform(stranger, order, Action.Join);
    }

    function test_Join_TakesNothingOfThePersonWhenTheShopHasEnough() public {
        _stake(SHOP_ACCOUNT, FEE);
        _stake(seller, 5);
        Order memory order = _contested();
        _perform(seller, order, Action.Join);
        assertEq(_balance(SHOP_ACCOUNT), 0, "shop");
        assertEq(_balance(seller), 5, "seller");
    }

    function test_Join_RevertWhen_NobodyCanPay() public {
        _stake(SHOP_ACCOUNT, FEE - 1);
        Order memory order = _contested();
        vm.expectRevert();
        _perform(seller, order, Action.Join);
        assertEq(_balance(SHOP_ACCOUNT), FEE - 1, "nothing was taken");
        _assertState(order, State.Contested);
    }

    function test_Join_BySignature() public {
        _stake(SHOP_ACCOUNT, FEE);
        Order memory order = _contested();
        SignedAction[] memory all = new SignedAction[](1);
        all[0] = _signAction(key("seller"), order, Action.Join, "answer");
        vm.prank(stranger);
        book.act(all);
        _assertState(order, State.Disputed);
    }

    function test_Join_RevertWhen_ByTheOpenerOrLate() public {
        Order memory order = _contested();
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotSeller.selector, _idOf(order), buyer));
        _perform(buyer, order, Action.Join);
        vm.warp(block.timestamp + 3 days + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IOrderBook.OrderBook_TooLate.selector, _idOf(order), block.timestamp - 1)
        );
        _perform(seller, order, Action.Join);
    }

    function test_TheOpenerWinsWhenNobodyAnswers() public {
        Order memory order = _contested();
        vm.warp(block.timestamp + 3 days + 1);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderRefunded(_idOf(order), stranger, 5, TOTAL, 0);
        vm.prank(stranger);
        book.settleDue(order);
        assertEq(_balance(buyer), RICH - FEE, "all but the fee, which the court gives back");
    }

    function test_TheSellerWinsWhenTheBuyerDoesNotAnswer() public {
        _stake(SHOP_ACCOUNT, FEE);
        Order memory order = _underCourt();
        _perform(buyer, order, Action.RequestReturn);
        _perform(seller, order, Action.Dispute);
        assertEq(uint8(_court.lastSide()), uint8(Side.Seller), "side");
        vm.warp(block.timestamp + 3 days + 1);
        book.settleDue(order);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL, "paid");
        _assertState(order, State.Completed);
    }

    function test_Rule_ByTheCourtOnce() public {
        Order memory order = _joined();
        _court.rule(order, 3000);
        assertEq(_balance(buyer), RICH - TOTAL - FEE + TOTAL * 3 / 10, "buyer");
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_WrongState.selector, _idOf(order), State.Ruled));
        _court.rule(order, 3000);
    }

    function test_Rule_RevertWhen_TheOtherSideHasNotAnswered() public {
        Order memory order = _contested();
        vm.expectRevert(
            abi.encodeWithSelector(IOrderBook.OrderBook_WrongState.selector, _idOf(order), State.Contested)
        );
        _court.rule(order, 10_000);
    }

    function test_Rule_RevertWhen_Late() public {
        Order memory order = _joined();
        vm.warp(block.timestamp + 30 days + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IOrderBook.OrderBook_TooLate.selector, _idOf(order), block.timestamp - 1)
        );
        _court.rule(order, 10_000);
        book.settleDue(order);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL / 2, "a court that never rules costs both a half");
    }

    function test_TheSidesMayStillAgreeBeforeTheCourt() public {
        Order memory order = _contested();
        vm.prank(buyer);
        book.confirm(order);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL, "conceded");
        order = _contested();
        _perform(seller, order, Action.Refund);
        _assertState(order, State.Refunded);
    }

    function test_ACourtWithoutFee() public {
        _court.setFee(0);
        Order memory order = _contested();
        _perform(seller, order, Action.Join);
        assertEq(_balance(address(_court)), 0, "court");
        _assertState(order, State.Disputed);
    }

    function test_InCoinTheFeeComesFromBalancesOnly() public {
        OfferTerms memory terms = _courtTerms();
        (terms.currency, terms.unitPrice, terms.shippingPrice) = (NATIVE, 1 ether, 0);
        Order memory order = _orderOf(_publish(terms, STOCK), terms);
        vm.startPrank(buyer);
        book.placeOrder{value: 1 ether}(order);
        vm.stopPrank();
        vm.prank(seller);
        book.ship(order, 0);
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_InsufficientBalance.selector, buyer, NATIVE, 0, FEE));
        _perform(buyer, order, Action.Dispute);
        vm.prank(buyer);
        book.deposit{value: FEE}(buyer, NATIVE, FEE);
        _perform(buyer, order, Action.Dispute);
        assertEq(book.balanceOf(address(_court), NATIVE), FEE, "court");
    }

    // A bad court.

    function test_ACourtThatRefusesBlocksNothingButTheDispute() public {
        Order memory order = _underCourt();
        _court.refuse(true);
        vm.expectRevert(TestCourt.TestCourt_Refused.selector);
        _perform(buyer, order, Action.Dispute);
        _assertState(order, State.Shipped);
        _perform(buyer, order, Action.RequestReturn);
        _perform(seller, order, Action.Grant);
        _perform(buyer, order, Action.SendBack);
        _perform(seller, order, Action.AcceptReturn);
        assertEq(_balance(buyer), RICH, "the sides did without it");
    }

    function test_ACourtThatRefusesTheAnswerLosesTheCaseToTheOpener() public {
        Order memory order = _contested();
        _court.refuse(true);
        vm.expectRevert(TestCourt.TestCourt_Refused.selector);
        _perform(seller, order, Action.Join);
        _perform(seller, order, Action.Refund);
        _assertState(order, State.Refunded);
    }

    function test_ACourtCannotReenter() public {
        Order memory order = _underCourt();
        bytes[5] memory doors = [
            abi.encodeCall(IOrderBook.rule, (order, 10_000)),
            abi.encodeCall(IOrderBook.settleDue, (order)),
            abi.encodeCall(IOrderBook.perform, (order, Action.Dispute, 0, 0)),
            abi.encodeCall(IVault.withdraw, (address(token), 1, address(_court))),
            abi.encodeCall(IVault.transferAndCall, (address(token), address(_court), 0, ""))
        ];
        for (uint256 i = 0; i < doors.length; ++i) {
            _court.reenter(doors[i]);
            vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
            _perform(buyer, order, Action.Dispute);
        }
        _court.reenter("");
        _perform(buyer, order, Action.Dispute);
        _stake(SHOP_ACCOUNT, FEE);
        _court.reenter(abi.encodeCall(IOrderBook.rule, (order, 10_000)));
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        _perform(seller, order, Action.Join);
    }

    function test_ACourtCannotTakeWhatIsNotThere() public {
        Order memory order = _underCourt();
        _court.setFee(type(uint256).max);
        vm.expectRevert();
        _perform(buyer, order, Action.Dispute);
        _court.setFee(RICH - TOTAL + 1);
        vm.expectRevert();
        _perform(buyer, order, Action.Dispute);
        assertEq(_balance(buyer), RICH - TOTAL, "untouched");
        assertEq(_balance(address(_court)), 0, "empty-handed");
    }

    function test_ACourtOfAnotherOrderHasNoSay() public {
        Order memory order = _joined();
        TestCourt other = new TestCourt(book);
        parameters.setArbitrator(address(other), true);
        vm.expectRevert(
            abi.encodeWithSelector(IOrderBook.OrderBook_NotArbitrator.selector, _idOf(order), address(other))
        );
        other.rule(order, 10_000);
    }

    function _courtTerms() private view returns (OfferTerms memory terms) {
        terms = _terms();
        terms.arbitrator = address(_court);
    }

    function _underCourt() private returns (Order memory order) {
        order = _orderOf(_offer, _courtTerms());
        _place(order);
        vm.prank(seller);
        book.ship(order, 0);
    }

    function _contested() private returns (Order memory order) {
        order = _underCourt();
        _perform(buyer, order, Action.Dispute);
    }

    function _joined() private returns (Order memory order) {
        _stake(SHOP_ACCOUNT, FEE);
        order = _contested();
        _perform(seller, order, Action.Join);
    }
}
