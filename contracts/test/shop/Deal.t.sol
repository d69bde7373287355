// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Action, Order} from "../../src/order/IOrderBook.sol";
import {AUCTION_HOUSE, Deal, ICatalog, OfferTerms} from "../../src/shop/ICatalog.sol";
import {Roles} from "../../src/shop/Roles.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// openDeal, endDeal, what a deal's buyers may take, and where its pieces are before, meanwhile and after
contract DealTest is MarketTest {
    uint48 private constant PIECES = 4;
    uint48 private constant UNLIMITED = type(uint48).max;

    uint40 private _until;
    bytes32 private _hash;

    function setUp() public override {
        super.setUp();
        _until = uint40(block.timestamp + 3 minutes);
        _hash = catalog.hashTerms(_dealTerms());
    }

    function _dealTerms() private view returns (OfferTerms memory terms) {
        terms = _terms();
        terms.unitPrice = PRICE / 2;
    }

    function _deal(uint32 perBuyer) private view returns (Deal memory deal) {
        (deal.terms, deal.stocks) = _variants(_dealTerms(), PIECES, 1);
        deal.from = new uint256[](1);
        (deal.shopId, deal.content, deal.from[0], deal.until, deal.perBuyer) = (shopId, "{}", offerId, _until, perBuyer);
    }

    function _open(Deal memory deal) private returns (uint256) {
        vm.prank(seller);
        return catalog.openDeal(deal) << 16;
    }

    function _expectOpen(Deal memory deal, bytes memory reason) private {
        vm.expectRevert(reason);
        vm.prank(seller);
        catalog.openDeal(deal);
    }

    function _take(uint256 offer, uint24 by, address account, uint64 quantity) private {
        vm.prank(address(book));
        catalog.take(offer, 1, _hash, quantity, by, account);
    }

    function _with(bytes4 selector, uint256 offer) private pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, offer);
    }

    function _held(bytes4 selector, uint256 offer) private view returns (bytes memory) {
        return abi.encodeWithSelector(selector, offer, _until);
    }

    function test_OpenDeal_TakesThePiecesFromItsSource() public {
        uint256 listing = (offerId >> 16) + 1;
        Deal memory deal = _deal(2);
        vm.expectEmit(address(catalog));
        emit ICatalog.ListingPublished(listing, shopId, 1, deal.content, deal.terms, deal.stocks);
        vm.expectEmit(address(catalog));
        emit ICatalog.StockChanged(offerId, STOCK - PIECES);
        vm.expectEmit(address(catalog));
        emit ICatalog.DealOpened(listing, shopId, deal.from, 0, _until, 2);
        uint256 offer = _open(deal);
        assertEq(offer, listing << 16, "a listing of its own");
        assertEq(_stock(offer), PIECES, "deal");
        assertEq(_stock(offerId), STOCK - PIECES, "source");
        (uint256 from, uint24 by, uint40 until, uint32 perBuyer) = catalog.dealOf(offer);
        assertEq(from, offerId, "from");
        assertEq(by, 0, "operator");
        assertEq(until, _until, "until");
        assertEq(perBuyer, 2, "per buyer");
        (from, by, until, perBuyer) = catalog.dealOf(offerId);
        assertEq(from + by + until + perBuyer, 0, "the source is none");
    }

    function test_OpenDeal_OfSeveralVariants() public {
        Deal memory deal = _deal(0);
        (deal.terms, deal.stocks) = _variants(_dealTerms(), 3, 2);
        deal.from = new uint256[](2);
        (deal.from[0], deal.from[1]) = (offerId, offerId);
        uint256 offer = _open(deal);
        assertEq(_stock(offerId), STOCK - 6, "both are taken");
        _take(offer + 1, 0, buyer, 3);
        vm.warp(_until + 1);
        catalog.endDeal(offer);
        catalog.endDeal(offer + 1);
        assertEq(_stock(offerId), STOCK - 3, "what is left came back");
    }

    function test_OpenDeal_OfWhatHasNoEnd() public {
        uint256 source = _publish(_terms(), UNLIMITED);
        Deal memory deal = _deal(0);
        deal.from[0] = source;
        uint256 offer = _open(deal);
        assertEq(_stock(source), UNLIMITED, "nothing is taken");
        vm.warp(_until + 1);
        catalog.endDeal(offer);
        assertEq(_stock(source), UNLIMITED, "nothing comes back");
        assertEq(_stock(offer), 0, "deal");
    }

    function test_OpenDeal_RevertWhen_ThePiecesAreNotThere() public {
        Deal memory deal = _deal(0);
        deal.stocks[0] = STOCK + 1;
        _expectOpen(deal, abi.encodeWithSelector(ICatalog.Catalog_SoldOut.selector, offerId, STOCK, STOCK + 1));
        deal.stocks[0] = 0;
        _expectOpen(deal, _with(ICatalog.Catalog_InvalidDeal.selector, offerId));
        deal.stocks[0] = UNLIMITED;
        _expectOpen(deal, _with(ICatalog.Catalog_InvalidDeal.selector, offerId));
        deal.stocks[0] = STOCK;
        _open(deal);
        assertEq(_stock(offerId), 0, "all of them");
    }

    function test_OpenDeal_RevertWhen_TheSourceIsNone() public {
        Deal memory deal = _deal(0);
        deal.from[0] = offerId + 1;
        _expectOpen(deal, _with(ICatalog.Catalog_InvalidDeal.selector, offerId + 1));
        deal.from = new uint256[](0);
        _expectOpen(deal, abi.encodeWithSelector(ICatalog.Catalog_InvalidVariants.selector));
        deal.from = new uint256[](2);
        _expectOpen(deal, abi.encodeWithSelector(ICatalog.Catalog_InvalidVariants.selector));
        deal = _deal(0);
        vm.prank(stranger);
        deal.shopId = shop.open("other-house", stranger, "{}");
        vm.expectRevert(_with(ICatalog.Catalog_InvalidDeal.selector, offerId));
        vm.prank(stranger);
        catalog.openDeal(deal);
        vm.prank(seller);
        catalog.delist(offerId >> 16);
        _expectOpen(_deal(0), _with(ICatalog.Catalog_InvalidDeal.selector, offerId));
    }

    function test_OpenDeal_RevertWhen_TheSourceIsPledged() public {
        vm.prank(seller);
        catalog.pledge(offerId, operatorId, _until);
        _expectOpen(_deal(0), _held(ICatalog.Catalog_Pledged.selector, offerId));
        vm.warp(_until + 1);
        _until += 1 hours;
        _open(_deal(0));
    }

    function test_OpenDeal_RevertWhen_TheEndIsSenseless() public {
        uint256 next = offerId + (1 << 16);
        Deal memory deal = _deal(0);
        deal.until = uint40(block.timestamp);
        _expectOpen(deal, _with(ICatalog.Catalog_InvalidPledge.selector, next));
        deal.until = uint40(block.timestamp + 7 days + 1);
        _expectOpen(deal, _with(ICatalog.Catalog_InvalidPledge.selector, next));
        deal.until = uint40(block.timestamp + 7 days);
        _open(deal);
    }

    function test_OpenDeal_IsTheCataloguesRole() public {
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_Unauthorized.selector, shopId, stranger));
        vm.prank(stranger);
        catalog.openDeal(_deal(0));
        vm.prank(seller);
        shop.setStaff(shopId, stranger, Roles.CATALOGUE);
        vm.prank(stranger);
        catalog.openDeal(_deal(0));
    }

    function test_Take_ByAnybodyUntilTheEnd() public {
        uint256 offer = _open(_deal(0));
        _take(offer, 0, buyer, 1);
        _take(offer, operatorId, stranger, 1);
        vm.warp(_until);
        _take(offer, 0, buyer, 1);
        vm.warp(_until + 1);
        vm.expectRevert(_held(ICatalog.Catalog_Ended.selector, offer));
        _take(offer, 0, buyer, 1);
        vm.expectRevert(_held(ICatalog.Catalog_Ended.selector, offer));
        _take(offer, operatorId, buyer, 1);
    }

    /// Who has used up its limit would win what no order can be placed of.
    function test_OpenDeal_RevertWhen_ForTheAuctionHouse() public {
        Deal memory deal = _deal(1);
        deal.operatorId = AUCTION_HOUSE;
        _expectOpen(deal, _with(ICatalog.Catalog_InvalidDeal.selector, ((offerId >> 16) + 1) << 16));
    }

    function test_Take_ByTabsOfItsOperatorAlone() public {
        Deal memory deal = _deal(0);
        deal.operatorId = operatorId;
        uint256 offer = _open(deal);
        vm.expectRevert(_held(ICatalog.Catalog_Pledged.selector, offer));
        _take(offer, 0, buyer, 1);
        vm.expectRevert(_held(ICatalog.Catalog_Pledged.selector, offer));
        _take(offer, operatorId + 1, buyer, 1);
        _take(offer, operatorId, buyer, 1);
        vm.warp(_until + 1);
        // Unlike a pledge, which then is over and everybody's.
        vm.expectRevert(_held(ICatalog.Catalog_Ended.selector, offer));
        _take(offer, operatorId, buyer, 1);
    }

    function test_Take_RevertWhen_OverTheLimitOfOneBuyer() public {
        uint256 offer = _open(_deal(2));
        bytes memory over = abi.encodeWithSelector(ICatalog.Catalog_OverLimit.selector, offer >> 16, 2, 3);
        vm.expectRevert(over);
        _take(offer, 0, buyer, 3);
        _take(offer, 0, buyer, 1);
        _take(offer, operatorId, buyer, 1);
        vm.expectRevert(over);
        _take(offer, 0, buyer, 1);
        _take(offer, 0, stranger, 2);
        assertEq(catalog.boughtOf(offer >> 16, buyer), 2, "buyer");
        assertEq(catalog.boughtOf(offer >> 16, stranger), 2, "another");
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_SoldOut.selector, offer, 0, 1));
        _take(offer, 0, seller, 1);
    }

    /// The limit is the listing's: two variants are not two limits.
    function test_Take_TheLimitIsOverAllVariants() public {
        Deal memory deal = _deal(2);
        (deal.terms, deal.stocks) = _variants(_dealTerms(), 3, 2);
        deal.from = new uint256[](2);
        (deal.from[0], deal.from[1]) = (offerId, offerId);
        uint256 offer = _open(deal);
        _take(offer, 0, buyer, 2);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_OverLimit.selector, offer >> 16, 2, 3));
        _take(offer + 1, 0, buyer, 1);
    }

    /// Through the order book, which says whose order it is; buying and cancelling in turns is no way around the limit.
    function test_Take_ARefundedPieceCounts() public {
        uint256 offer = _open(_deal(1));
        Order memory order = _orderOf(offer, _dealTerms());
        _place(order);
        _perform(seller, order, Action.Refund);
        assertEq(_stock(offer), PIECES, "back in the deal");
        order = _orderOf(offer, _dealTerms());
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_OverLimit.selector, offer >> 16, 1, 2));
        _place(order);
        vm.warp(_until + 1);
        catalog.endDeal(offer);
        assertEq(_stock(offerId), STOCK, "all are back");
    }

    function test_EndDeal_ByAnybodyWhenItIsOver() public {
        uint256 offer = _open(_deal(0));
        bytes memory early = _with(ICatalog.Catalog_InvalidDeal.selector, offer);
        vm.warp(_until);
        vm.expectRevert(early);
        vm.prank(stranger);
        catalog.endDeal(offer);
        Order memory order = _orderOf(offer, _dealTerms());
        _place(order);
        vm.warp(_until + 1);
        vm.expectEmit(address(catalog));
        emit ICatalog.StockChanged(offer, 0);
        vm.expectEmit(address(catalog));
        emit ICatalog.StockChanged(offerId, STOCK - 1);
        vm.prank(stranger);
        catalog.endDeal(offer);
        // A refund after the end goes the same way.
        _perform(seller, order, Action.Refund);
        assertEq(_stock(offer), 1, "in the deal that is over");
        catalog.endDeal(offer);
        catalog.endDeal(offer);
        assertEq(_stock(offerId), STOCK, "each piece once");
    }

    function test_EndDeal_RevertWhen_ThereIsNone() public {
        vm.expectRevert(_with(ICatalog.Catalog_InvalidDeal.selector, offerId));
        catalog.endDeal(offerId);
        vm.prank(seller);
        catalog.pledge(offerId, operatorId, _until);
        vm.warp(_until + 1);
        vm.expectRevert(_with(ICatalog.Catalog_InvalidDeal.selector, offerId));
        catalog.endDeal(offerId);
    }

    /// What is left of a deal whose source is gone is nowhere: the seller sells it anew, if at all.
    function test_EndDeal_WhenTheSourceIsGone() public {
        uint256 offer = _open(_deal(0));
        vm.prank(seller);
        catalog.delist(offerId >> 16);
        vm.warp(_until + 1);
        catalog.endDeal(offer);
        assertEq(_stock(offer) + _stock(offerId), 0, "nowhere");
    }

    function test_NobodyChangesItMeanwhile() public {
        uint256 offer = _open(_deal(0));
        bytes memory held = _held(ICatalog.Catalog_Pledged.selector, offer);
        Deal memory another = _deal(0);
        another.from[0] = offer;
        _expectOpen(another, held);
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(_terms(), 9, 1);
        vm.startPrank(seller);
        vm.expectRevert(held);
        catalog.publish(shopId, uint32(offer >> 16), "{}", all, stocks);
        vm.expectRevert(held);
        catalog.delist(offer >> 16);
        vm.expectRevert(held);
        catalog.setStock(offer, 100);
        vm.expectRevert(_with(ICatalog.Catalog_InvalidPledge.selector, offer));
        catalog.pledge(offer, operatorId, _until + 1 hours);
        // The source is the seller's as before.
        catalog.setStock(offerId, 1);
        vm.stopPrank();
    }

    /// Neither a pledge nor stock brings back what has ended; a new version is a new offer, and no deal.
    function test_OverIsOver() public {
        uint256 offer = _open(_deal(1));
        _take(offer, 0, buyer, 1);
        vm.warp(_until + 1);
        vm.startPrank(seller);
        vm.expectRevert(_with(ICatalog.Catalog_InvalidPledge.selector, offer));
        catalog.pledge(offer, operatorId, _until + 1 hours);
        vm.expectRevert(_with(ICatalog.Catalog_InvalidPledge.selector, offer));
        catalog.unpledge(offer);
        catalog.setStock(offer, 100);
        vm.stopPrank();
        vm.expectRevert(_held(ICatalog.Catalog_Ended.selector, offer));
        _take(offer, 0, stranger, 1);
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(_dealTerms(), 9, 1);
        vm.prank(seller);
        catalog.publish(shopId, uint32(offer >> 16), "{}", all, stocks);
        (uint256 from,,,) = catalog.dealOf(offer);
        assertEq(from, 0, "no deal");
        vm.prank(address(book));
        catalog.take(offer, 2, _hash, 9, 0, buyer);
    }

    function test_Unpledge_ShortensIt() public {
        _until = uint40(block.timestamp + 1 hours);
        uint256 offer = _open(_deal(0));
        uint40 end = uint40(block.timestamp + 10 minutes);
        vm.expectEmit(address(catalog));
        emit ICatalog.OfferPledged(offer, 0, end);
        vm.prank(seller);
        catalog.unpledge(offer);
        _until = end;
        vm.warp(end);
        _take(offer, 0, buyer, 1);
        vm.warp(end + 1);
        vm.expectRevert(_held(ICatalog.Catalog_Ended.selector, offer));
        _take(offer, 0, buyer, 1);
        catalog.endDeal(offer);
        assertEq(_stock(offerId), STOCK - 1, "back");
    }

    /// Whatever is bought by whom and refunded: no piece is made or lost, and nobody has more than the limit.
    function testFuzz_PiecesAreConserved(uint48 stock, uint48 pieces, uint32 perBuyer, uint16[8] memory wanted) public {
        stock = uint48(bound(stock, 1, 5000));
        pieces = uint48(bound(pieces, 1, stock));
        offerId = _publish(_terms(), stock);
        Deal memory deal = _deal(perBuyer % 300);
        deal.stocks[0] = pieces;
        uint256 offer = _open(deal);
        uint256 sold;
        uint256[2] memory had;
        for (uint256 i = 0; i < 8; ++i) {
            uint256 quantity = bound(wanted[i], 1, 400);
            address account = i % 2 == 0 ? buyer : stranger;
            bool fits = sold + quantity <= pieces;
            bool allowed = deal.perBuyer == 0 || had[i % 2] + quantity <= deal.perBuyer;
            vm.prank(address(book));
            try catalog.take(offer, 1, _hash, uint64(quantity), 0, account) {
                assertTrue(fits && allowed, "must not be taken");
                sold += quantity;
                had[i % 2] += quantity;
            } catch {
                assertTrue(!fits || !allowed, "must be taken");
            }
        }
        assertEq(_stock(offer) + _stock(offerId) + sold, stock, "meanwhile");
        vm.warp(_until + 1);
        catalog.endDeal(offer);
        assertEq(_stock(offerId) + sold, stock, "after");
        assertEq(_stock(offer), 0, "nothing stays");
    }
}
