// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Action, IOrderBook, Order, State} from "../../src/order/IOrderBook.sol";
import {OrderBook} from "../../src/order/OrderBook.sol";
import {TestToken} from "../../src/platform/TestToken.sol";
import {Catalog} from "../../src/shop/Catalog.sol";
import {OfferTerms} from "../../src/shop/ICatalog.sol";
import {Test} from "../support/Test.sol";

/// @notice Acts at random as buyers, seller, arbitrator and stranger, and writes down what it saw.
contract MarketHandler is Test {
    OrderBook public immutable book;
    Catalog public immutable catalog;
    TestToken public immutable token;

    address public immutable seller = person("seller");
    address public immutable arbitrator = person("arbitrator");
    address public immutable stranger = person("stranger");
    address[] public actors;

    /// Offers and their terms, one in tokens with shares, one digital, one in coin.
    uint256[] public offers;
    bytes[] private _terms;
    /// Pieces ever put on the shelf, and pieces in orders that have not ended without a sale.
    mapping(uint256 offerId => uint256) public stocked;
    mapping(uint256 offerId => uint256) public sold;

    bytes[] private _orders;
    mapping(bytes32 orderId => uint256) public endings;
    /// Steps that succeeded though the actor or the time forbade them.
    uint256 public violations;
    /// Steps that succeeded, whoever took them.
    uint256 public steps;

    constructor(
        OrderBook book_,
        TestToken token_,
        uint256[] memory offers_,
        OfferTerms[] memory terms,
        uint48 stock
    ) {
        (book, catalog, token) = (book_, Catalog(address(book_.catalog())), token_);
        actors = [person("buyer"), person("second buyer"), seller, arbitrator, stranger];
        for (uint256 i = 0; i < offers_.length; ++i) {
            offers.push(offers_[i]);
            _terms.push(abi.encode(terms[i]));
            stocked[offers_[i]] = stock;
        }
    }

    function deposit(uint256 who, uint96 amount, bool native) external {
        address actor = actors[who % 2];
        if (native) {
            vm.deal(actor, amount);
            vm.prank(actor);
            book.deposit{value: amount}(actor, address(0), amount);
        } else {
            token.mint(actor, amount);
            vm.startPrank(actor);
            token.approve(address(book), amount);
            book.deposit(actor, address(token), amount);
            vm.stopPrank();
        }
    }

    function withdraw(uint256 who, uint256 amount, bool native) external {
        address actor = actors[who % actors.length];
        address currency = native ? address(0) : address(token);
        amount = bound(amount, 0, book.balanceOf(actor, currency));
        vm.prank(actor);
        book.withdraw(currency, amount, actor);
    }

    function withdrawShop(uint256 amount, bool native) external {
        address currency = native ? address(0) : address(token);
        amount = bound(amount, 0, book.balanceOf(address(1), currency));
        vm.prank(seller);
        book.withdrawShop(1, currency, amount);
    }

    function setStock(uint256 which, uint16 stock) external {
        uint256 offerId = offers[which % offers.length];
        (, uint48 left,) = catalog.offerOf(offerId);
        vm.prank(seller);
        catalog.setStock(offerId, stock);
        stocked[offerId] = stocked[offerId] + stock - left;
    }

    function place(uint256 who, uint256 which, uint8 quantity, bool referred) external {
        which = which % offers.length;
        Order memory order;
        order.offerId = offers[which];
        order.version = 1;
        order.terms = abi.decode(_terms[which], (OfferTerms));
        order.buyer = actors[who % 2];
        order.quantity = quantity;
        if (referred) order.affiliate = person("affiliate");
        order.feeBps = 100;
        order.validBefore = type(uint64).max;
        order.salt = bytes32(_orders.length);
        (, uint48 left,) = catalog.offerOf(order.offerId);

        bool affordable = book.balanceOf(order.buyer, order.terms.currency) >= book.totalOf(order);
        vm.prank(order.buyer);
        try book.placeOrder(order) {
            if (quantity == 0 || quantity > left || !affordable) ++violations;
            sold[order.offerId] += quantity;
            _orders.push(abi.encode(order));
        } catch {
            if (quantity != 0 && quantity <= left && affordable) ++violations;
        }
    }

    function step(uint256 which, uint256 who, uint8 action, uint16 buyerBps) external {
        if (_orders.length == 0) return;
        Order memory order = abi.decode(_orders[which % _orders.length], (Order));
        address actor = actors[who % actors.length];
        action = action % 7;
        (State before, uint40 deadline,) = book.stateOf(book.orderIdOf(order));
        if (!_try(order, actor, action, buyerBps)) return;
        ++steps;
        if (!_permitted(order, actor, action, deadline)) ++violations;
        _record(order, before);
    }

    function pass(uint32 time) external {
        vm.warp(block.timestamp + bound(time, 1, 4 days));
    }

    function orderCount() external view returns (uint256) {
        return _orders.length;
    }

    function orderAt(uint256 i) external view returns (Order memory) {
        return abi.decode(_orders[i], (Order));
    }

    function _try(Order memory order, address actor, uint8 action, uint16 buyerBps) private returns (bool ok) {
        bytes[7] memory calls = [
            abi.encodeCall(IOrderBook.ship, (order, 0)),
            abi.encodeCall(IOrderBook.confirm, (order)),
            abi.encodeCall(IOrderBook.perform, (order, Action.Cancel, 0, 0)),
            abi.encodeCall(IOrderBook.perform, (order, Action.Refund, 0, 0)),
            abi.encodeCall(IOrderBook.perform, (order, Action.Dispute, 0, 0)),
            abi.encodeCall(IOrderBook.rule, (order, uint16(bound(buyerBps, 0, 10_000)))),
            abi.encodeCall(IOrderBook.settleDue, (order))
        ];
        vm.prank(actor);
        (ok,) = address(book).call(calls[action]);
    }

    function _permitted(Order memory order, address actor, uint8 action, uint40 deadline) private view returns (bool) {
        bool inTime = block.timestamp <= deadline;
        if (action == 0) return actor == seller && inTime;
        if (action == 3) return actor == seller;
        if (action == 5) return actor == arbitrator && inTime;
        if (action == 6) return !inTime;
        if (action == 4) return actor == order.buyer && inTime;
        uint256 cancelBy = uint256(deadline) + order.terms.policy.cancelSeconds() - order.terms.policy.shipBySeconds();
        return actor == order.buyer && (action == 1 || block.timestamp <= cancelBy);
    }

    function _record(Order memory order, State before) private {
        bytes32 id = book.orderIdOf(order);
        (State state,,) = book.stateOf(id);
        if (uint8(state) < uint8(State.Completed)) return;
        ++endings[id];
        if (state == State.Refunded && before == State.Placed) sold[order.offerId] -= order.quantity;
    }
}
