// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Action, IOrderBook, Order, State} from "../../src/order/IOrderBook.sol";
import {Batch} from "../../src/platform/Batch.sol";
import {ICatalog} from "../../src/shop/ICatalog.sol";
import {ITabs} from "../../src/tab/ITabs.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// placeOrders with the signature of a tab's key in place of the buyer's: 85 bytes, its address and its ECDSA signature.
contract TabOrdersTest is MarketTest {
    address private immutable _key = person("tab key");
    uint256 private _until;

    function setUp() public override {
        super.setUp();
        _until = block.timestamp + 1 days;
        _openTab(buyer, _key, 2 * TOTAL, 0, _until);
    }

    function test_PlacesAndPaysFromTheTab() public {
        Order memory order = _order();
        (Order[] memory orders, bytes[] memory signatures) = (_one(order), _one(_signByKey(order)));
        vm.expectEmit(address(tabs));
        emit ITabs.TabSpent(buyer, _key, address(token), uint128(TOTAL), uint128(TOTAL));
        vm.prank(operator);
        book.placeOrders(orders, signatures);
        _assertState(order, State.Placed);
        assertEq(_balance(buyer), RICH - 2 * TOTAL, "the account's balance is as it was");
        assertEq(_balance(address(tabs)), TOTAL, "the tab pays");
    }

    function test_ARefundGoesToTheBuyer() public {
        Order memory order = _order();
        _placeByKey(order);
        _perform(seller, order, Action.Refund);
        assertEq(_balance(buyer), RICH - TOTAL, "to the balance, not to the tab");
        assertEq(_left(), TOTAL, "left");
    }

    function test_RevertWhen_TheTabIsUsedUp() public {
        _placeByKey(_order());
        _placeByKey(_order());
        _expect(_order(), abi.encodeWithSelector(ITabs.Tabs_OverLimit.selector, 0, TOTAL));
    }

    /// What a seller could do behind an operator's back, others can do as little: an order besides the operator's would eat what it has promised.
    function test_RevertWhen_SomebodyElsePlacesIt() public {
        Order memory order = _order();
        (Order[] memory orders, bytes[] memory signatures) = (_one(order), _one(_signByKey(order)));
        Batch.Call[] memory calls = new Batch.Call[](1);
        calls[0] = Batch.Call(address(book), abi.encodeCall(IOrderBook.placeOrders, (orders, signatures)));
        address[4] memory others = [buyer, _key, seller, stranger];
        for (uint256 i = 0; i < others.length; ++i) {
            bytes memory reason = abi.encodeWithSelector(ITabs.Tabs_NotParty.selector, others[i]);
            vm.expectRevert(reason);
            vm.prank(others[i]);
            book.placeOrders(orders, signatures);
            vm.expectRevert(abi.encodeWithSelector(Batch.Batch_CallFailed.selector, 0, reason));
            vm.prank(others[i]);
            batch.run(calls);
        }
        vm.prank(operator);
        batch.run(calls);
        _assertState(order, State.Placed);
    }

    /// Signers are remembered within a transaction, but not one for another.
    function test_RevertWhen_ItIsAnotherOperatorsTab() public {
        address other = person("other operator");
        vm.prank(other);
        operators.register(other);
        _placeByKey(_order());
        Order memory order = _order();
        (Order[] memory orders, bytes[] memory signatures) = (_one(order), _one(_signByKey(order)));
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_NotParty.selector, other));
        vm.prank(other);
        book.placeOrders(orders, signatures);
    }

    function test_RevertWhen_ClosedOrOver() public {
        Order memory order = _order();
        vm.warp(_until + 1);
        _expect(order, abi.encodeWithSelector(ITabs.Tabs_NotOpen.selector, buyer, _key, _until));
        vm.warp(_until - 1 hours);
        vm.prank(buyer);
        tabs.close(_key, address(token));
        _placeByKey(_order());
        uint256 end = block.timestamp + 10 minutes;
        vm.warp(end + 1);
        _expect(order, abi.encodeWithSelector(ITabs.Tabs_NotOpen.selector, buyer, _key, end));
    }

    function test_RevertWhen_ForAnotherShop() public {
        address key_ = person("key of one shop");
        _openTab(buyer, key_, TOTAL, 2, _until);
        Order memory order = _order();
        bytes memory signature = abi.encodePacked(key_, sign(key("key of one shop"), _idOf(order)));
        vm.expectRevert(abi.encodeWithSelector(ITabs.Tabs_OtherShop.selector, 2, shopId));
        vm.prank(operator);
        book.placeOrders(_one(order), _one(signature));
    }

    function test_RevertWhen_TheKeyDidNotSign() public {
        Order memory order = _order();
        bytes memory forged = abi.encodePacked(_key, sign(key("stranger"), _idOf(order)));
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_InvalidSignature.selector, _key));
        book.placeOrders(_one(order), _one(forged));
        bytes memory empty = abi.encodePacked(address(0), new bytes(65));
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_InvalidSignature.selector, address(0)));
        book.placeOrders(_one(order), _one(empty));
    }

    function test_RevertWhen_ItSignedAnotherOrder() public {
        (Order memory order, Order memory other) = (_order(), _order());
        bytes memory signature = _signByKey(other);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_InvalidSignature.selector, _key));
        book.placeOrders(_one(order), _one(signature));
    }

    function test_RevertWhen_TheKeyIsOfAnotherAccount() public {
        Order memory order = _order();
        order.buyer = stranger;
        _expect(order, abi.encodeWithSelector(ITabs.Tabs_NotOpen.selector, stranger, _key, 0));
    }

    function test_AFailedOrderSpendsNothing() public {
        Order memory order = _orderOf(_publish(_terms(), 0), _terms());
        _expect(order, abi.encodeWithSelector(ICatalog.Catalog_SoldOut.selector, order.offerId, 0, 1));
        assertEq(_left(), 2 * TOTAL, "left");
    }

    /// The balance of all tabs is never an allowance's to fill: what a tab has is there.
    function test_OneTabNeverPaysForAnother() public {
        address other = person("other key");
        _openTab(buyer, other, 10 * TOTAL, 0, _until);
        _placeByKey(_order());
        _placeByKey(_order());
        _expect(_order(), abi.encodeWithSelector(ITabs.Tabs_OverLimit.selector, 0, TOTAL));
        assertEq(_balance(address(tabs)), 10 * TOTAL, "the other tab's");
    }

    /// A key orders and does nothing else: for every other door it is a stranger.
    function test_RevertWhen_TheKeyActs() public {
        Order memory order = _order();
        _placeByKey(order);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotBuyer.selector, _idOf(order), _key));
        vm.prank(_key);
        book.confirm(order);
    }

    /// A pledged offer is sold to the tabs of its operator and to nobody else.
    function test_PledgedStockIsForTabsOfItsOperator() public {
        uint40 until = uint40(block.timestamp + 1 hours);
        vm.prank(seller);
        catalog.pledge(offerId, operatorId, until);
        Order memory order = _order();
        bytes memory pledged = abi.encodeWithSelector(ICatalog.Catalog_Pledged.selector, offerId, until);
        vm.expectRevert(pledged);
        _place(order);
        bytes memory signature = _signOrder(key("buyer"), order);
        vm.expectRevert(pledged);
        vm.prank(operator);
        book.placeOrders(_one(order), _one(signature));
        _placeByKey(order);
        assertEq(_stock(offerId), STOCK - 1, "stock");
    }

    function _placeByKey(Order memory order) private {
        (Order[] memory orders, bytes[] memory signatures) = (_one(order), _one(_signByKey(order)));
        vm.prank(operator);
        book.placeOrders(orders, signatures);
    }

    function _expect(Order memory order, bytes memory reason) private {
        (Order[] memory orders, bytes[] memory signatures) = (_one(order), _one(_signByKey(order)));
        vm.expectRevert(reason);
        vm.prank(operator);
        book.placeOrders(orders, signatures);
    }

    function _left() private view returns (uint256 left) {
        (left,,,,) = tabs.tabOf(buyer, _key, address(token));
    }

    function _signByKey(Order memory order) private view returns (bytes memory) {
        return abi.encodePacked(_key, sign(key("tab key"), _idOf(order)));
    }

    function _one(Order memory a) private pure returns (Order[] memory all) {
        all = new Order[](1);
        all[0] = a;
    }

    function _one(bytes memory a) private pure returns (bytes[] memory all) {
        all = new bytes[](1);
        all[0] = a;
    }
}
