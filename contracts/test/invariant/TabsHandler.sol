// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOperators, Receipt} from "../../src/operator/IOperators.sol";
import {Operators} from "../../src/operator/Operators.sol";
import {Action, IOrderBook, Order, State} from "../../src/order/IOrderBook.sol";
import {OrderBook} from "../../src/order/OrderBook.sol";
import {Batch} from "../../src/platform/Batch.sol";
import {Catalog} from "../../src/shop/Catalog.sol";
import {ICatalog, OfferTerms} from "../../src/shop/ICatalog.sol";
import {TabsChannel} from "./TabsChannel.sol";

/// @notice Orders from tabs and besides them, pledges, bonds and proofs, at random.
contract TabsHandler is TabsChannel {
    uint48 private constant PIECES = 30;
    uint48 private constant UNLIMITED = type(uint48).max;

    struct Shelf {
        bytes terms;
        uint48 stock;
        uint32 version;
        uint24 pledgedTo;
        uint256 pledgedUntil;
    }

    Catalog public immutable catalog;
    Batch public immutable batch;

    /// One in coin, one in tokens, one in tokens without end.
    uint256[] public offers;
    mapping(uint256 offerId => Shelf) private _shelves;
    bytes[] private _open;
    mapping(address currency => uint256) public escrowed;
    mapping(uint24 operatorId => mapping(address currency => uint256[2])) private _announced;
    mapping(bytes32 subject => uint256) private _compensated;
    uint256 private _salt;

    constructor(OrderBook book_, Operators operators_, Batch batch_, uint256[] memory offers_, OfferTerms[] memory terms)
        TabsChannel(book_, operators_, terms[1].currency)
    {
        (catalog, batch, offers) = (Catalog(address(book_.catalog())), batch_, offers_);
        for (uint256 i = 0; i < 3; ++i) _shelves[offers_[i]] = Shelf(abi.encode(terms[i]), i == 2 ? UNLIMITED : PIECES, 1, 0, 0);
    }

    /// @param how By the operator itself, in a batch, or in a batch among bad ones.
    /// @param by Mostly the tab's operator.
    function buy(uint256 which, uint256 offer, uint8 quantity, uint8 how, uint8 by) external {
        which = which % 4;
        Book storage tab = _tabs[which];
        Order memory order = _order(_buyer(which), offers[which % 2 == 0 ? 0 : 1 + offer % 2], quantity);
        uint256 total = book.totalOf(order);
        bool allowed = by >= 32 && _isOpen(tab) && total <= tab.left && _isThere(order, tab.operatorId);
        if (tab.shopId > 1 || !_isRegistered(tab.operatorId)) allowed = false;
        bytes memory signature = abi.encodePacked(_key(which), sign(_secret(which, tab.keyNumber), book.orderIdOf(order)));
        if (_place(order, signature, how % 3, _placer(tab.operatorId, by)) != allowed) ++violations;
        if (!allowed) return;
        tab.left -= total;
        ++successes[IOrderBook.placeOrders.selector];
        _bought(order, total);
    }

    /// Not from a tab: nothing that is pledged can be bought so.
    function buyBesides(uint256 who, uint256 offer, uint8 quantity) external {
        Order memory order = _order(_buyer(2 * (who % 2)), offers[offer % 3], quantity);
        uint256 total = book.totalOf(order);
        _deposit(order.buyer, order.terms.currency, total);
        bool allowed = _isThere(order, 0);
        vm.prank(order.buyer);
        _check(allowed, address(book), abi.encodeCall(IOrderBook.placeOrder, (order)));
        if (!allowed) return;
        expected[order.buyer][order.terms.currency] -= total;
        _bought(order, total);
    }

    /// The buyer takes the goods, or cancels and puts them back on the shelf.
    function end(uint256 which, bool cancels) external {
        if (_open.length == 0) return;
        which = which % _open.length;
        Order memory order = abi.decode(_open[which], (Order));
        uint256 total = book.totalOf(order);
        vm.prank(cancels ? _seller : order.buyer);
        book.perform(order, cancels ? Action.Refund : Action.Confirm, 0, 0);
        escrowed[order.terms.currency] -= total;
        expected[cancels ? order.buyer : _shop][order.terms.currency] += total;
        Shelf storage shelf = _shelves[order.offerId];
        if (cancels && shelf.stock != UNLIMITED) shelf.stock += uint48(order.quantity);
        _open[which] = _open[_open.length - 1];
        _open.pop();
    }

    function pledge(uint256 offer, uint256 operator, uint256 time, uint8 who) external {
        Shelf storage shelf = _shelves[offers[offer % 3]];
        uint24 operatorId = uint24(operator % 3);
        uint256 until = block.timestamp + bound(time, 0, 8 days);
        bool free = _isFree(shelf) || (shelf.pledgedTo == operatorId && shelf.pledgedUntil <= until);
        bool allowed = who != 0 && operatorId != 0 && free && until > block.timestamp && until <= block.timestamp + 7 days;
        vm.prank(who == 0 ? _stranger : _seller);
        _check(allowed, address(catalog), abi.encodeCall(ICatalog.pledge, (offers[offer % 3], operatorId, uint40(until))));
        if (allowed) (shelf.pledgedTo, shelf.pledgedUntil) = (operatorId, until);
    }

    function unpledge(uint256 offer) external {
        Shelf storage shelf = _shelves[offers[offer % 3]];
        bool allowed = !_isFree(shelf);
        vm.prank(_seller);
        _check(allowed, address(catalog), abi.encodeCall(ICatalog.unpledge, (offers[offer % 3])));
        if (allowed && shelf.pledgedUntil > block.timestamp + 10 minutes) shelf.pledgedUntil = block.timestamp + 10 minutes;
    }

    /// Another stock, or another version: the seller's, but of what is pledged.
    function change(uint256 offer, uint8 stock, bool version) external {
        uint256 offerId = offers[offer % 3];
        Shelf storage shelf = _shelves[offerId];
        bool allowed = _isFree(shelf);
        uint48 next = offer % 3 == 2 ? UNLIMITED : stock;
        bytes memory data = abi.encodeCall(ICatalog.setStock, (offerId, next));
        if (version) {
            (OfferTerms[] memory terms, uint48[] memory stocks) = (new OfferTerms[](1), new uint48[](1));
            (terms[0], stocks[0]) = (abi.decode(shelf.terms, (OfferTerms)), next);
            data = abi.encodeCall(ICatalog.publish, (1, uint32(offerId >> 16), "{}", terms, stocks));
        }
        vm.prank(_seller);
        _check(allowed, address(catalog), data);
        if (!allowed) return;
        shelf.stock = next;
        if (version) ++shelf.version;
    }

    function post(uint256 operator, uint64 amount, uint256 currency) external {
        uint24 operatorId = uint24(1 + operator % 2);
        address token = currencies[currency % 2];
        address owner = person(_operatorName(operatorId));
        _deposit(owner, token, amount);
        vm.prank(owner);
        book.transferAndCall(token, address(operators), amount, abi.encode(operatorId));
        expected[owner][token] -= amount;
        bonds[operatorId][token] += amount;
    }

    function announce(uint256 operator, uint256 amount, uint256 currency, uint8 who) external {
        uint24 operatorId = uint24(1 + operator % 2);
        address token = currencies[currency % 2];
        if (_announced[operatorId][token][0] != 0 && who % 8 > 1) return;
        amount = bound(amount, 0, bonds[operatorId][token] + (who % 8 == 1 ? 1 : 0));
        bool allowed = who != 0 && amount <= bonds[operatorId][token];
        vm.prank(who == 0 ? _stranger : person(_operatorName(operatorId)));
        _check(allowed, address(operators), abi.encodeCall(IOperators.announceWithdrawal, (operatorId, token, amount)));
        if (allowed) _announced[operatorId][token] = [amount, block.timestamp + 7 days];
    }

    function withdraw(uint256 operator, uint256 currency) external {
        uint24 operatorId = uint24(1 + operator % 2);
        address token = currencies[currency % 2];
        (uint256 amount, uint256 from) = (_announced[operatorId][token][0], _announced[operatorId][token][1]);
        bool allowed = amount != 0 && block.timestamp >= from && block.timestamp <= from + 7 days;
        vm.prank(_stranger);
        _check(allowed, address(operators), abi.encodeCall(IOperators.withdrawBond, (operatorId, token)));
        if (!allowed) return;
        if (amount > bonds[operatorId][token]) amount = bonds[operatorId][token];
        bonds[operatorId][token] -= amount;
        expected[person(_operatorName(operatorId))][token] += amount;
        delete _announced[operatorId][token];
    }

    /// A receipt of one of three orders that were never placed, over any sum, to either buyer.
    function catchDropped(uint256 operator, uint256 which, uint64 total, uint8 forged) external {
        (which, total) = (which % 4, uint64(bound(total, 0, 1e12)));
        uint24 operatorId = uint24(1 + operator % 2);
        bytes32 orderId = bytes32(operator % 3);
        Receipt memory receipt = Receipt(orderId, _buyer(which), _currency(which), total, 1, 1, 1, 1, 0);
        bytes32 subject = keccak256(abi.encode(operatorId, orderId, which));
        bool due = total > _compensated[subject] && bonds[operatorId][_currency(which)] != 0;
        bytes memory signature = sign(key(forged == 0 ? "stranger" : _operatorName(operatorId)), operators.digestOf(receipt));
        vm.prank(_stranger);
        _check(due && forged != 0, address(operators), abi.encodeCall(IOperators.claimDropped, (operatorId, receipt, signature)));
        if (!due || forged == 0) return;
        _compensated[subject] += _punished(operatorId, _buyer(which), _currency(which), total - _compensated[subject]);
    }

    function shelfOf(uint256 offerId) external view returns (Shelf memory) {
        return _shelves[offerId];
    }

    function _order(address buyer, uint256 offerId, uint8 quantity) private returns (Order memory order) {
        (order.offerId, order.version, order.buyer) = (offerId, _shelves[offerId].version, buyer);
        order.terms = abi.decode(_shelves[offerId].terms, (OfferTerms));
        (order.quantity, order.validBefore, order.salt) = (quantity % 8, type(uint64).max, bytes32(++_salt));
    }

    /// @dev Mostly the tab's operator; otherwise the other one or a stranger.
    function _placer(uint24 operatorId, uint8 by) private view returns (address) {
        if (by >= 32 && operatorId != 0) return person(_operatorName(operatorId));
        return by % 2 == 0 ? _stranger : person(_operatorName(operatorId == 1 ? 2 : 1));
    }

    function _isFree(Shelf memory shelf) private view returns (bool) {
        return shelf.pledgedTo == 0 || block.timestamp > shelf.pledgedUntil;
    }

    function _isThere(Order memory order, uint24 operatorId) private view returns (bool) {
        Shelf memory shelf = _shelves[order.offerId];
        return order.quantity != 0 && order.quantity <= shelf.stock && (_isFree(shelf) || shelf.pledgedTo == operatorId);
    }

    /// @dev Among bad ones: somebody's forgery before it, the same again after it, and a call that nobody knows.
    function _place(Order memory order, bytes memory signature, uint256 how, address caller) private returns (bool) {
        Batch.Call[] memory calls = new Batch.Call[](how == 2 ? 4 : 1);
        Batch.Call memory good = Batch.Call(address(book), _placing(order, signature));
        calls[0] = good;
        if (how == 2) {
            calls[0] = Batch.Call(address(book), _placing(order, abi.encodePacked(_stranger, new bytes(65))));
            (calls[1], calls[2], calls[3]) = (good, good, Batch.Call(address(catalog), hex"12345678"));
        }
        vm.prank(caller);
        (bool done,) = how == 0 ? address(book).call(good.data) : address(batch).call(how == 1 ? abi.encodeCall(batch.run, (calls)) : abi.encodeCall(batch.runEach, (calls)));
        (State state,,) = book.stateOf(book.orderIdOf(order));
        if (how < 2 ? done != (state != State.None) : !done) ++violations;
        return state != State.None;
    }

    function _placing(Order memory order, bytes memory signature) private pure returns (bytes memory) {
        (Order[] memory orders, bytes[] memory signatures) = (new Order[](1), new bytes[](1));
        (orders[0], signatures[0]) = (order, signature);
        return abi.encodeCall(IOrderBook.placeOrders, (orders, signatures));
    }

    function _bought(Order memory order, uint256 total) private {
        escrowed[order.terms.currency] += total;
        Shelf storage shelf = _shelves[order.offerId];
        if (shelf.stock != UNLIMITED) shelf.stock -= uint48(order.quantity);
        _open.push(abi.encode(order));
    }
}
