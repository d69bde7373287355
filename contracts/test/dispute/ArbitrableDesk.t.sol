// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ArbitrableDesk} from "../../src/dispute/ArbitrableDesk.sol";
import {IArbitrableDesk} from "../../src/dispute/IArbitrableDesk.sol";
import {Case, Side} from "../../src/order/IArbitration.sol";
import {Action, Order, State} from "../../src/order/IOrderBook.sol";
import {OfferTerms} from "../../src/shop/ICatalog.sol";
import {Policy} from "../../src/shop/Policy.sol";
import {PlainArbitrator} from "../mocks/PlainArbitrator.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {PolicyFields} from "../support/PolicyFields.sol";

/// Another court can be plugged in: the desk stands between the order book and any ERC-792 arbitrator.
contract ArbitrableDeskTest is MarketTest {
    using PolicyFields for Policy;

    uint256 private constant PRICE_OF_COURT = 0.01 ether;

    PlainArbitrator private _outside;
    ArbitrableDesk private _desk;
    uint256 private _offer;

    function setUp() public override {
        super.setUp();
        _outside = new PlainArbitrator(PRICE_OF_COURT);
        _desk = new ArbitrableDesk(book, shop, _outside, "extra", "data:,question");
        parameters.setArbitrator(address(_desk), true);
        _offer = _publish(_deskTerms(), 1000);
        vm.deal(seller, 10 ether);
        _prepay(buyer, buyer, 1 ether);
        _prepay(seller, SHOP_ACCOUNT, 1 ether);
    }

    function test_Prepay_ForOneselfAndForAShop() public view {
        assertEq(_desk.prepaidOf(buyer), 1 ether, "buyer");
        assertEq(_desk.prepaidOf(SHOP_ACCOUNT), 1 ether, "shop");
        assertEq(book.balanceOf(address(_desk), NATIVE), 2 ether, "held");
    }

    function test_Prepay_RevertWhen_AnotherTokenOrNotTheOrderBook() public {
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_InvalidPayment.selector, address(token), 1));
        vm.prank(buyer);
        book.transferAndCall(address(token), address(_desk), 1, "");
        bytes memory refusal = abi.encodeWithSelector(IArbitrableDesk.Desk_NotOrderBook.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(refusal);
        _desk.onPaid(stranger, NATIVE, 1, "");
        vm.expectRevert(refusal);
        _desk.onContested(Case(0, buyer, 1, NATIVE, 1), Side.Buyer, buyer);
        vm.expectRevert(refusal);
        _desk.onJoined(0, Side.Buyer, buyer);
        (bool ok,) = address(_desk).call{value: 1}("");
        assertTrue(!ok, "coin sent without a call belongs to nobody");
        vm.stopPrank();
    }

    function test_TakeBack_ByTheAccountAndByTheShopsMoneyRole() public {
        vm.prank(buyer);
        _desk.takeBack(buyer, 0.4 ether);
        assertEq(book.balanceOf(buyer, NATIVE), 0.4 ether, "buyer");
        vm.prank(seller);
        _desk.takeBack(SHOP_ACCOUNT, 1 ether);
        assertEq(book.balanceOf(SHOP_ACCOUNT, NATIVE), 1 ether, "shop");
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_Unauthorized.selector, buyer, stranger));
        vm.prank(stranger);
        _desk.takeBack(buyer, 1);
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_Unpaid.selector, SHOP_ACCOUNT, 0, 1));
        vm.prank(seller);
        _desk.takeBack(SHOP_ACCOUNT, 1);
    }

    function test_Rule_ForTheBuyer() public {
        (Order memory order, bytes32 id) = _submitted();
        uint256 before = _balance(buyer);
        _outside.giveRuling(1, 1);
        _desk.execute(order);
        assertEq(_balance(buyer), before + TOTAL, "money");
        assertEq(_desk.prepaidOf(buyer), 1 ether, "the winner has its fee back");
        assertEq(_desk.prepaidOf(SHOP_ACCOUNT), 1 ether - PRICE_OF_COURT, "the loser paid");
        _assertState(order, State.Ruled);
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_WrongStage.selector, id));
        _desk.execute(order);
    }

    function test_Rule_ForTheSeller() public {
        (Order memory order,) = _submitted();
        _outside.giveRuling(1, 2);
        _desk.execute(order);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL, "money");
        assertEq(_desk.prepaidOf(buyer), 1 ether - PRICE_OF_COURT, "the loser paid");
    }

    function test_Rule_RefusedOrEven() public {
        (Order memory order,) = _submitted();
        _outside.giveRuling(1, 0);
        _desk.execute(order);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL / 2, "money");
        assertEq(_desk.prepaidOf(buyer), 1 ether - PRICE_OF_COURT / 2, "half each");
        assertEq(_desk.prepaidOf(SHOP_ACCOUNT), 1 ether - PRICE_OF_COURT / 2, "half each");
    }

    function test_Contest_RevertWhen_NotPrepaid() public {
        vm.prank(buyer);
        _desk.takeBack(buyer, 1 ether);
        Order memory order = _deskOrder();
        vm.expectRevert(
            abi.encodeWithSelector(IArbitrableDesk.Desk_Unpaid.selector, buyer, 0, PRICE_OF_COURT)
        );
        vm.prank(buyer);
        book.perform(order, Action.Dispute, 0, 0);
    }

    function test_Submit_RevertWhen_NotJoinedOrTwice() public {
        (Order memory order, bytes32 id) = _opened();
        bytes memory refusal = abi.encodeWithSelector(IArbitrableDesk.Desk_WrongStage.selector, id);
        vm.expectRevert(refusal);
        _desk.submit(id);
        vm.prank(seller);
        book.perform(order, Action.Join, 0, 0);
        _desk.submit(id);
        assertEq(address(_outside).balance, PRICE_OF_COURT, "paid");
        vm.expectRevert(refusal);
        _desk.submit(id);
    }

    function test_Submit_RevertWhen_TheOrderHasLeft() public {
        (Order memory order, bytes32 id) = _opened();
        vm.prank(seller);
        book.perform(order, Action.Join, 0, 0);
        vm.prank(seller);
        book.perform(order, Action.Refund, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_WrongStage.selector, id));
        _desk.submit(id);
    }

    /// A price that rises meanwhile is covered by both fees, and no further.
    function test_Submit_AtARisenPrice() public {
        (Order memory order, bytes32 id) = _opened();
        vm.prank(seller);
        book.perform(order, Action.Join, 0, 0);
        _outside.setPrice(2 * PRICE_OF_COURT + 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IArbitrableDesk.Desk_Unpaid.selector, address(_desk), 2 * PRICE_OF_COURT, 2 * PRICE_OF_COURT + 1
            )
        );
        _desk.submit(id);
        _outside.setPrice(PRICE_OF_COURT * 3 / 2);
        _desk.submit(id);
        _outside.giveRuling(1, 1);
        _desk.execute(order);
        assertEq(_desk.prepaidOf(buyer), 1 ether - PRICE_OF_COURT / 2, "covers the rest");
        assertEq(_desk.prepaidOf(SHOP_ACCOUNT), 1 ether - PRICE_OF_COURT, "all it brought");
    }

    function test_Submit_AtARisenPriceTheBuyerLoses() public {
        (Order memory order, bytes32 id) = _opened();
        vm.prank(seller);
        book.perform(order, Action.Join, 0, 0);
        _outside.setPrice(PRICE_OF_COURT * 3 / 2);
        _desk.submit(id);
        _outside.giveRuling(1, 2);
        _desk.execute(order);
        assertEq(_desk.prepaidOf(buyer), 1 ether - PRICE_OF_COURT, "all it brought");
        assertEq(_desk.prepaidOf(SHOP_ACCOUNT), 1 ether - PRICE_OF_COURT / 2, "covers the rest");
    }

    function test_Rule_RevertWhen_NotTheArbitratorOrUnknown() public {
        (, bytes32 id) = _submitted();
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_NotArbitrator.selector, stranger));
        vm.prank(stranger);
        _desk.rule(1, 1);
        vm.startPrank(address(_outside));
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_WrongStage.selector, id));
        _desk.rule(1, 4);
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_WrongStage.selector, 0));
        _desk.rule(9, 1);
        vm.stopPrank();
    }

    function test_SubmitEvidence_ByTheParties() public {
        (Order memory order, bytes32 id) = _submitted();
        vm.prank(buyer);
        _desk.submitEvidence(id, "ipfs://a");
        vm.prank(seller);
        _desk.submitEvidence(id, "ipfs://b");
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_NotParty.selector, id, stranger));
        vm.prank(stranger);
        _desk.submitEvidence(id, "ipfs://c");
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_InvalidText.selector, 0));
        vm.prank(buyer);
        _desk.submitEvidence(id, "");
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_InvalidText.selector, 2049));
        vm.prank(buyer);
        _desk.submitEvidence(id, string(new bytes(2049)));
        _outside.giveRuling(1, 1);
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_WrongStage.selector, id));
        vm.prank(buyer);
        _desk.submitEvidence(id, "late");
        _desk.execute(order);
    }

    function test_Close_NobodyJoined() public {
        (Order memory order, bytes32 id) = _opened();
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_StillOpen.selector, id));
        _desk.close(id);
        vm.warp(_deadline(order) + 1);
        book.settleDue(order);
        _desk.close(id);
        assertEq(_desk.prepaidOf(buyer), 1 ether, "back");
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_WrongStage.selector, id));
        _desk.close(id);
    }

    /// An arbitrator that never rules: the order book splits, and so are its costs. What it says later changes nothing.
    function test_Close_TheArbitratorNeverRuled() public {
        (Order memory order, bytes32 id) = _submitted();
        vm.warp(_deadline(order) + 1);
        book.settleDue(order);
        _desk.close(id);
        assertEq(_desk.prepaidOf(buyer), 1 ether - PRICE_OF_COURT / 2, "half each");
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_WrongStage.selector, id));
        _outside.giveRuling(1, 1);
    }

    function test_Close_TheBuyerGaveIn() public {
        (Order memory order, bytes32 id) = _submitted();
        vm.prank(buyer);
        book.confirm(order);
        _desk.close(id);
        assertEq(_desk.prepaidOf(buyer), 1 ether - PRICE_OF_COURT, "the buyer pays");
        assertEq(_desk.prepaidOf(SHOP_ACCOUNT), 1 ether, "the shop does not");
    }

    /// A case that comes back from its warranty is a new one, and the old ruling does not reach it.
    function test_Contest_AgainUnderWarranty() public {
        OfferTerms memory terms = _deskTerms();
        terms.policy = terms.policy.withWarranty(90 days, 1000);
        Order memory order = _orderOf(_publish(terms, 5), terms);
        _place(order);
        vm.prank(seller);
        book.ship(order, 0);
        vm.prank(buyer);
        book.perform(order, Action.Dispute, 0, 0);
        vm.prank(seller);
        book.perform(order, Action.Join, 0, 0);
        bytes32 id = _idOf(order);
        _desk.submit(id);
        vm.prank(buyer);
        book.confirm(order);
        vm.prank(buyer);
        book.perform(order, Action.RequestRefund, 10_000, 0);
        vm.prank(seller);
        book.perform(order, Action.Dispute, 0, 0);
        assertEq(_desk.prepaidOf(buyer), 1 ether - PRICE_OF_COURT, "the first was lost by giving in");
        vm.prank(buyer);
        book.perform(order, Action.Join, 0, 0);
        _desk.submit(id);
        vm.expectRevert(abi.encodeWithSelector(IArbitrableDesk.Desk_WrongStage.selector, id));
        _outside.giveRuling(1, 1);
        _outside.giveRuling(2, 1);
        _desk.execute(order);
        assertEq(_desk.prepaidOf(SHOP_ACCOUNT), 1 ether - PRICE_OF_COURT, "the second was the seller's");
        assertEq(
            _desk.prepaidOf(buyer) + _desk.prepaidOf(SHOP_ACCOUNT), book.balanceOf(address(_desk), NATIVE), "held"
        );
    }

    function _deskTerms() private view returns (OfferTerms memory terms) {
        terms = _terms();
        terms.arbitrator = address(_desk);
    }

    function _deskOrder() private returns (Order memory order) {
        order = _orderOf(_offer, _deskTerms());
        _place(order);
        vm.prank(seller);
        book.ship(order, 0);
    }

    function _opened() private returns (Order memory order, bytes32 id) {
        order = _deskOrder();
        id = _idOf(order);
        vm.prank(buyer);
        book.perform(order, Action.Dispute, 0, 0);
    }

    function _submitted() private returns (Order memory order, bytes32 id) {
        (order, id) = _opened();
        vm.prank(seller);
        book.perform(order, Action.Join, 0, 0);
        vm.prank(stranger);
        _desk.submit(id);
    }

    function _prepay(address from, address account, uint256 amount) private {
        vm.startPrank(from);
        book.deposit{value: amount}(from, NATIVE, amount);
        book.transferAndCall(NATIVE, address(_desk), amount, from == account ? bytes("") : abi.encode(account));
        vm.stopPrank();
    }
}
