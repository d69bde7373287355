// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ISessions} from "../../src/account/ISessions.sol";
import {IOrderBook, Order, State} from "../../src/order/IOrderBook.sol";
import {ICatalog} from "../../src/shop/ICatalog.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// placeOrders with a session key's signature in place of the buyer's: 85 bytes, its address and its ECDSA signature.
contract SessionOrdersTest is MarketTest {
    address private immutable _key = person("session key");

    function setUp() public override {
        super.setUp();
        vm.prank(buyer);
        sessions.open(_key, address(token), uint128(2 * TOTAL), 0, uint40(block.timestamp + 1 days));
    }

    function test_PlacesAndCountsWhatIsSpent() public {
        Order memory order = _order();
        vm.expectEmit(address(sessions));
        emit ISessions.SessionSpent(buyer, _key, address(token), TOTAL);
        vm.prank(stranger);
        book.placeOrders(_one(order), _one(_signByKey(order)));
        _assertState(order, State.Placed);
        assertEq(_balance(buyer), RICH - TOTAL, "the account pays");
    }

    function test_RevertWhen_TheLimitIsUsedUp() public {
        _placeByKey(_order());
        _placeByKey(_order());
        Order memory order = _order();
        bytes memory signature = _signByKey(order);
        vm.expectRevert(abi.encodeWithSelector(ISessions.Sessions_OverLimit.selector, 0, TOTAL));
        book.placeOrders(_one(order), _one(signature));
    }

    function test_RevertWhen_RevokedOrOver() public {
        Order memory order = _order();
        bytes memory signature = _signByKey(order);
        uint256 until = block.timestamp + 1 days;
        vm.warp(until + 1);
        vm.expectRevert(abi.encodeWithSelector(ISessions.Sessions_NotOpen.selector, buyer, _key, until));
        book.placeOrders(_one(order), _one(signature));
        vm.warp(until);
        vm.prank(buyer);
        sessions.revoke(_key, address(token));
        vm.expectRevert(abi.encodeWithSelector(ISessions.Sessions_NotOpen.selector, buyer, _key, 0));
        book.placeOrders(_one(order), _one(signature));
    }

    function test_RevertWhen_ForAnotherShop() public {
        vm.prank(buyer);
        sessions.open(_key, address(token), uint128(TOTAL), 2, uint40(block.timestamp + 1 days));
        Order memory order = _order();
        bytes memory signature = _signByKey(order);
        vm.expectRevert(abi.encodeWithSelector(ISessions.Sessions_OtherShop.selector, 2, shopId));
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
        vm.expectRevert();
        book.placeOrders(_one(order), _one(signature));
    }

    function test_RevertWhen_TheKeyIsOfAnotherAccount() public {
        Order memory order = _order();
        order.buyer = stranger;
        bytes memory signature = _signByKey(order);
        vm.expectRevert(abi.encodeWithSelector(ISessions.Sessions_NotOpen.selector, stranger, _key, 0));
        book.placeOrders(_one(order), _one(signature));
    }

    function test_AFailedOrderSpendsNothing() public {
        Order memory order = _order();
        order.quantity = STOCK + 1;
        bytes memory signature = _signByKey(order);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_SoldOut.selector, offerId, STOCK, STOCK + 1));
        book.placeOrders(_one(order), _one(signature));
        (uint128 left,,) = sessions.sessionOf(buyer, _key, address(token));
        assertEq(left, 2 * TOTAL, "left");
    }

    /// A key orders and does nothing else: for every other door it is a stranger.
    function test_RevertWhen_TheKeyActs() public {
        Order memory order = _order();
        _placeByKey(order);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotBuyer.selector, _idOf(order), _key));
        vm.prank(_key);
        book.confirm(order);
    }

    function _placeByKey(Order memory order) private {
        book.placeOrders(_one(order), _one(_signByKey(order)));
    }

    function _signByKey(Order memory order) private view returns (bytes memory) {
        return abi.encodePacked(_key, sign(key("session key"), _idOf(order)));
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
