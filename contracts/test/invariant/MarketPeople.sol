// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Order} from "../../src/order/IOrderBook.sol";
import {OrderBook} from "../../src/order/OrderBook.sol";
import {TestToken} from "../../src/platform/TestToken.sol";
import {Catalog} from "../../src/shop/Catalog.sol";
import {OfferTerms} from "../../src/shop/ICatalog.sol";
import {Tabs} from "../../src/tab/Tabs.sol";
import {TestReceiver} from "../mocks/Receivers.sol";
import {Test} from "../support/Test.sol";

/// @notice Everything people do with their money besides the steps of an order, at random: pay in, pay out, hand over, stock, buy.
abstract contract MarketPeople is Test {
    OrderBook public immutable book;
    Catalog public immutable catalog;
    Tabs public immutable tabs;

    address public immutable seller = person("seller");
    address public immutable arbitrator = person("arbitrator");
    address public immutable stranger = person("stranger");
    address internal immutable _tabKey = person("tab key");
    /// Two buyers, seller, arbitrator, stranger.
    address[] public actors;
    string[5] internal _names = ["buyer", "second buyer", "seller", "arbitrator", "stranger"];
    TestReceiver public receiver;

    /// The chain's coin and tokens of 6, 8 and 18 decimals.
    address[4] public currencies;
    uint256[] public offers;
    bytes[] private _terms;
    /// Pieces ever put on the shelf, and pieces in orders that have not ended without a sale.
    mapping(uint256 offerId => uint256) public stocked;
    mapping(uint256 offerId => uint256) public sold;

    bytes[] internal _orders;
    bytes32[] internal _ids;
    /// What open orders hold of each currency, by our own count.
    mapping(address currency => uint256) public escrowed;
    mapping(bytes32 orderId => uint256) internal _held;
    /// What keys may still spend of their tabs in each currency, by our own count.
    mapping(address account => mapping(address currency => uint256)) public spendable;
    mapping(address account => mapping(address currency => bool)) private _released;
    /// Things that succeeded though they must not, and failed though they must not.
    uint256 public violations;

    constructor(OrderBook book_, address[4] memory currencies_, uint256[] memory offers_, OfferTerms[] memory terms, uint48 pieces) {
        (book, catalog, tabs) = (book_, Catalog(address(book_.catalog())), Tabs(address(book_.tabs())));
        currencies = currencies_;
        for (uint256 i = 0; i < offers_.length; ++i) {
            offers.push(offers_[i]);
            _terms.push(abi.encode(terms[i]));
            stocked[offers_[i]] = pieces;
        }
        for (uint256 i = 0; i < 5; ++i) actors.push(person(_names[i]));
        receiver = new TestReceiver();
    }

    /// Every few steps somebody has to have money for anything to happen: rich, and seldom to the unit.
    function deposit(uint256 who, uint96 amount, uint256 which) public {
        _pay(actors[who % 3], amount, currencies[which % 4]);
    }

    /// Tokens in the wallet with an open allowance: shortfalls are drawn from it.
    function allow(uint256 who, uint96 amount, uint256 which) external {
        address token = currencies[1 + which % 3];
        TestToken(token).mint(actors[who % 3], amount);
        vm.prank(actors[who % 3]);
        TestToken(token).approve(address(book), type(uint256).max);
    }

    function withdraw(uint256 who, uint256 amount, uint256 which) external {
        address actor = actors[who % actors.length];
        address currency = currencies[which % 4];
        amount = bound(amount, 0, book.balanceOf(actor, currency));
        vm.prank(actor);
        book.withdraw(currency, amount, actor);
    }

    function withdrawShop(uint256 amount, uint256 which, uint256 who) external {
        address currency = currencies[which % 4];
        address actor = actors[who % actors.length];
        amount = bound(amount, 0, book.balanceOf(address(1), currency));
        vm.prank(actor);
        try book.withdrawShop(1, currency, amount) {
            if (actor != seller) ++violations;
        } catch {
            if (actor == seller) ++violations;
        }
    }

    function transfer(uint256 from, uint256 to, uint256 amount, uint256 which, bool calls) external {
        address actor = actors[from % 3];
        address currency = currencies[which % 4];
        amount = bound(amount, 0, book.balanceOf(actor, currency));
        vm.prank(actor);
        if (calls) book.transferAndCall(currency, address(receiver), amount, "");
        else book.transfer(currency, actors[to % 3], amount);
    }

    function setStock(uint256 which, uint16 pieces) external {
        uint256 offerId = offers[which % offers.length];
        (, uint48 left,) = catalog.offerOf(offerId);
        vm.prank(seller);
        catalog.setStock(offerId, pieces);
        stocked[offerId] = stocked[offerId] + pieces - left;
    }

    /// Opens a tab, or adds to it; once it was released its key is used up.
    function openTab(uint256 who, uint88 amount, uint256 which) external {
        address actor = actors[who % 2];
        address currency = currencies[which % 4];
        _pay(actor, uint256(amount) + 1, currency);
        (,,, uint24 operatorId,) = tabs.tabOf(actor, _tabKey, currency);
        bool used = _released[actor][currency];
        bytes memory opening = abi.encode(_tabKey, uint64(0), uint40(block.timestamp + 30 days), uint24(1));
        vm.prank(actor);
        try book.transferAndCall(currency, address(tabs), uint256(amount) + 1, opening) {
            if (used) ++violations;
            spendable[actor][currency] += uint256(amount) + 1;
        } catch {
            if (!used || operatorId != 0) ++violations;
        }
    }

    function closeTab(uint256 who, uint256 which) external {
        vm.prank(actors[who % 2]);
        try tabs.close(_tabKey, currencies[which % 4]) {} catch {}
    }

    function releaseTab(uint256 who, uint256 which) external {
        address actor = actors[who % 2];
        address currency = currencies[which % 4];
        uint256 before = book.balanceOf(actor, currency);
        try tabs.release(actor, _tabKey, currency) {
            if (book.balanceOf(actor, currency) != before + spendable[actor][currency]) ++violations;
            (spendable[actor][currency], _released[actor][currency]) = (0, true);
        } catch {}
    }

    /// @param how By the buyer in person, by its signature, or by its tab's key.
    function place(uint256 who, uint256 which, uint8 quantity, bool referred, uint8 how) external {
        which = which % offers.length;
        Order memory order;
        order.offerId = offers[which];
        order.version = 1;
        order.terms = abi.decode(_terms[which], (OfferTerms));
        order.buyer = actors[who % 2];
        order.quantity = quantity % 8;
        if (referred) order.affiliate = person("affiliate");
        order.feeBps = 100;
        order.validBefore = type(uint64).max;
        order.salt = bytes32(_orders.length);
        uint256 total = book.totalOf(order);
        // Somebody without money is seldom of interest.
        if (quantity >= 16) _pay(order.buyer, total, order.terms.currency);
        (, uint48 left,) = catalog.offerOf(order.offerId);
        bool allowed = order.quantity != 0 && order.quantity <= left;
        if (how % 3 == 2) allowed = allowed && total <= spendable[order.buyer][order.terms.currency];
        else allowed = allowed && _affordable(order, total);
        bool done = _place(order, who % 2, how % 3);
        if (done != allowed && (done || how % 3 != 2)) ++violations;
        if (done) _placed(order, total, how % 3 == 2);
    }

    function pass(uint32 time) external {
        vm.warp(block.timestamp + bound(time, 1, 4 days));
    }

    function orderCount() external view returns (uint256) {
        return _orders.length;
    }

    function _place(Order memory order, uint256 who, uint256 how) private returns (bool done) {
        if (how == 0) {
            vm.prank(order.buyer);
            (done,) = address(book).call(abi.encodeCall(book.placeOrder, (order)));
            return done;
        }
        Order[] memory orders = new Order[](1);
        bytes[] memory signatures = new bytes[](1);
        bytes32 id = book.orderIdOf(order);
        (orders[0], signatures[0]) = (order, sign(key(_names[who]), id));
        if (how == 2) {
            signatures[0] = abi.encodePacked(_tabKey, sign(key("tab key"), id));
            vm.prank(person("operator"));
        }
        (done,) = address(book).call(abi.encodeCall(book.placeOrders, (orders, signatures)));
    }

    function _placed(Order memory order, uint256 total, bool fromTab) private {
        bytes32 id = book.orderIdOf(order);
        sold[order.offerId] += order.quantity;
        escrowed[order.terms.currency] += total;
        _held[id] = total;
        if (fromTab) spendable[order.buyer][order.terms.currency] -= total;
        _orders.push(abi.encode(order));
        _ids.push(id);
    }

    function _affordable(Order memory order, uint256 total) private view returns (bool) {
        address currency = order.terms.currency;
        uint256 means = book.balanceOf(order.buyer, currency);
        if (currency != address(0) && TestToken(currency).allowance(order.buyer, address(book)) != 0) {
            means += TestToken(currency).balanceOf(order.buyer);
        }
        return means >= total;
    }

    function _pay(address actor, uint256 amount, address currency) internal {
        if (currency == address(0)) {
            vm.deal(address(this), amount);
            book.deposit{value: amount}(actor, currency, amount);
        } else {
            TestToken(currency).mint(address(this), amount);
            TestToken(currency).approve(address(book), amount);
            book.deposit(actor, currency, amount);
        }
    }
}
