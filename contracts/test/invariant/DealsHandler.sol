// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Action, Order} from "../../src/order/IOrderBook.sol";
import {OrderBook} from "../../src/order/OrderBook.sol";
import {TestToken} from "../../src/platform/TestToken.sol";
import {Catalog} from "../../src/shop/Catalog.sol";
import {Deal, OfferTerms} from "../../src/shop/ICatalog.sol";
import {Test} from "../support/Test.sol";

/// @notice A seller who opens, shortens and fiddles with flash deals of one offer, and three people who buy whatever they can.
contract DealsHandler is Test {
    OrderBook public immutable book;
    Catalog public immutable catalog;
    uint256 public immutable source;

    address private immutable _seller = person("seller");
    uint24 private immutable _operatorId;
    bytes private _terms;
    bytes32 private immutable _hash;

    uint256[] public deals;
    address[3] public buyers;
    /// What each deal was opened with, by our own count.
    mapping(uint256 offerId => uint40) public until;
    mapping(uint256 offerId => uint24) public by;
    mapping(uint256 offerId => uint256) public perBuyer;
    mapping(uint256 offerId => mapping(address buyer => uint256)) public bought;
    /// Pieces ever put on the shelf, and pieces that are in nobody's hands but a buyer's.
    uint256 public stocked;
    uint256 public sold;
    uint256 public violations;
    bytes[] private _orders;

    constructor(OrderBook book_, uint256 source_, OfferTerms memory terms, uint24 operatorId, uint256 stock) {
        (book, catalog, source, _operatorId, stocked) = (book_, Catalog(address(book_.catalog())), source_, operatorId, stock);
        _terms = abi.encode(terms);
        _hash = Catalog(address(book_.catalog())).hashTerms(terms);
        buyers = [person("buyer"), person("second buyer"), person("third buyer")];
    }

    function open(uint8 pieces, uint8 limit, uint16 time, bool ours) external {
        Deal memory deal;
        (deal.terms, deal.stocks, deal.from) = (new OfferTerms[](1), new uint48[](1), new uint256[](1));
        (deal.terms[0], deal.stocks[0], deal.from[0]) = (abi.decode(_terms, (OfferTerms)), pieces, source);
        (deal.shopId, deal.content, deal.perBuyer) = (source >> 48, "{}", limit % 6);
        deal.until = uint40(block.timestamp + bound(time, 1, 1 hours));
        if (ours) deal.operatorId = _operatorId;
        bool allowed = pieces != 0 && pieces <= _stock(source);
        vm.prank(_seller);
        try catalog.openDeal(deal) returns (uint256 listingId) {
            if (!allowed) ++violations;
            uint256 offerId = listingId << 16;
            deals.push(offerId);
            (until[offerId], by[offerId], perBuyer[offerId]) = (deal.until, deal.operatorId, deal.perBuyer);
        } catch {
            if (allowed) ++violations;
        }
    }

    function shorten(uint256 which) external {
        if (deals.length == 0) return;
        uint256 offerId = deals[which % deals.length];
        vm.prank(_seller);
        try catalog.unpledge(offerId) {
            uint40 end = uint40(block.timestamp + 10 minutes);
            if (end < until[offerId]) until[offerId] = end;
        } catch {
            if (block.timestamp <= until[offerId]) ++violations;
        }
    }

    /// What the seller must not: move the stock, the end or the words of a deal that runs, or wake one that is over.
    function fiddle(uint256 which, uint256 how, uint8 pieces) external {
        if (deals.length == 0) return;
        uint256 offerId = deals[which % deals.length];
        bool over = block.timestamp > until[offerId];
        uint48 left = _stock(offerId);
        vm.startPrank(_seller);
        if (how % 3 == 0) {
            try catalog.setStock(offerId, pieces) {
                if (!over) ++violations;
                stocked = stocked + pieces - left;
            } catch {
                if (over) ++violations;
            }
        } else if (how % 3 == 1) {
            try catalog.pledge(offerId, _operatorId, uint40(block.timestamp + 1 days)) {
                ++violations;
            } catch {}
        } else if (!over) {
            try catalog.delist(offerId >> 16) {
                ++violations;
            } catch {}
        }
        vm.stopPrank();
    }

    /// @param fromTab As the order book takes for a tab of the operator's, without the tab.
    function buy(uint256 who, uint256 which, uint8 quantity, bool fromTab) external {
        if (deals.length == 0) return;
        uint256 offerId = deals[which % deals.length];
        address buyer = buyers[who % 3];
        quantity = quantity % 5 + 1;
        bool allowed = block.timestamp <= until[offerId] && quantity <= _stock(offerId)
            && (by[offerId] == 0 || fromTab)
            && (perBuyer[offerId] == 0 || bought[offerId][buyer] + quantity <= perBuyer[offerId]);
        bool done = fromTab ? _takeFromTab(offerId, quantity, buyer) : _place(offerId, quantity, buyer);
        if (done != allowed) ++violations;
        if (!done) return;
        sold += quantity;
        bought[offerId][buyer] += quantity;
    }

    function refund(uint256 which) external {
        if (_orders.length == 0) return;
        which = which % _orders.length;
        Order memory order = abi.decode(_orders[which], (Order));
        vm.prank(_seller);
        book.perform(order, Action.Refund, 0, 0);
        sold -= order.quantity;
        _orders[which] = _orders[_orders.length - 1];
        _orders.pop();
    }

    function end(uint256 which) external {
        if (deals.length == 0) return;
        uint256 offerId = deals[which % deals.length];
        bool over = block.timestamp > until[offerId];
        try catalog.endDeal(offerId) {
            if (!over || _stock(offerId) != 0) ++violations;
        } catch {
            if (over) ++violations;
        }
    }

    function pass(uint16 time) external {
        vm.warp(block.timestamp + bound(time, 1, 30 minutes));
    }

    function dealCount() external view returns (uint256) {
        return deals.length;
    }

    function _takeFromTab(uint256 offerId, uint64 quantity, address buyer) private returns (bool done) {
        vm.prank(address(book));
        (done,) = address(catalog).call(abi.encodeCall(catalog.take, (offerId, 1, _hash, quantity, _operatorId, buyer)));
    }

    function _place(uint256 offerId, uint64 quantity, address buyer) private returns (bool done) {
        Order memory order;
        (order.offerId, order.version, order.buyer, order.quantity) = (offerId, 1, buyer, quantity);
        order.terms = abi.decode(_terms, (OfferTerms));
        order.validBefore = type(uint64).max;
        order.salt = keccak256(abi.encode(_orders.length, sold, block.timestamp, bought[offerId][buyer]));
        uint256 total = book.totalOf(order);
        TestToken token = TestToken(order.terms.currency);
        token.mint(address(this), total);
        token.approve(address(book), total);
        book.deposit(buyer, address(token), total);
        vm.prank(buyer);
        (done,) = address(book).call(abi.encodeCall(book.placeOrder, (order)));
        if (done) _orders.push(abi.encode(order));
    }

    function _stock(uint256 offerId) private view returns (uint48 stock) {
        (, stock,) = catalog.offerOf(offerId);
    }
}
