// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Action, Order} from "../../src/order/IOrderBook.sol";
import {AUCTION_HOUSE, ICatalog, OfferTerms} from "../../src/shop/ICatalog.sol";
import {Roles} from "../../src/shop/Roles.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// pledge, unpledge, and what else cannot happen meanwhile
contract PledgeTest is MarketTest {
    uint24 private constant OTHER = 77;

    uint40 private _until;
    bytes32 private _hash;

    function setUp() public override {
        super.setUp();
        _until = uint40(block.timestamp + 1 hours);
        _hash = catalog.hashTerms(_terms());
    }

    function _pledge(uint24 to, uint256 end) private {
        vm.prank(seller);
        catalog.pledge(offerId, to, uint40(end));
    }

    function _expectPledge(bytes memory reason, uint256 offer, uint24 to, uint256 end) private {
        vm.expectRevert(reason);
        vm.prank(seller);
        catalog.pledge(offer, to, uint40(end));
    }

    function _take(uint24 operatorId_, uint64 quantity) private {
        vm.prank(address(book));
        catalog.take(offerId, 1, _hash, quantity, operatorId_, buyer);
    }

    function _pledged(uint40 until) private view returns (bytes memory) {
        return abi.encodeWithSelector(ICatalog.Catalog_Pledged.selector, offerId, until);
    }

    function _invalid(uint256 offer) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICatalog.Catalog_InvalidPledge.selector, offer);
    }

    function _assertPledge(uint256 to, uint256 end) private view {
        (uint24 o, uint40 u) = catalog.pledgeOf(offerId);
        assertEq(o, to, "operator");
        assertEq(u, end, "until");
    }

    function test_Pledge_ShowsInNothingButThePledge() public {
        _assertPledge(0, 0);
        vm.expectEmit(address(catalog));
        emit ICatalog.OfferPledged(offerId, operatorId, _until);
        _pledge(operatorId, _until);
        _assertPledge(operatorId, _until);
        (bytes22 hash, uint48 stock, uint32 version) = catalog.offerOf(offerId);
        assertEq(bytes32(hash), bytes32(bytes22(_hash)), "hash");
        assertEq(stock, STOCK, "stock");
        assertEq(version, 1, "version");
    }

    function test_Pledge_MayBeForSevenDaysAndOfUnlimitedStock() public {
        _pledge(operatorId, block.timestamp + 7 days);
        offerId = _publish(_terms(), type(uint48).max);
        _pledge(operatorId, _until);
        vm.expectRevert(_pledged(_until));
        _take(0, 1);
        _take(operatorId, 1);
    }

    function test_Pledge_RevertWhen_Senseless() public {
        _expectPledge(_invalid(offerId), offerId, 0, _until);
        _expectPledge(_invalid(offerId), offerId, operatorId, block.timestamp);
        _expectPledge(_invalid(offerId), offerId, operatorId, block.timestamp + 7 days + 1);
        _expectPledge(_invalid(offerId + 1), offerId + 1, operatorId, _until);
        vm.prank(seller);
        catalog.delist(offerId >> 16);
        _expectPledge(_invalid(offerId), offerId, operatorId, _until);
    }

    function test_Pledge_IsTheCataloguesRole() public {
        bytes memory reason = abi.encodeWithSelector(ICatalog.Catalog_Unauthorized.selector, shopId, stranger);
        vm.expectRevert(reason);
        vm.prank(stranger);
        catalog.pledge(offerId, operatorId, _until);
        vm.expectRevert(reason);
        vm.prank(stranger);
        catalog.unpledge(offerId);
        vm.prank(seller);
        shop.setStaff(shopId, stranger, Roles.CATALOGUE);
        vm.prank(stranger);
        catalog.pledge(offerId, operatorId, _until);
        vm.prank(stranger);
        catalog.unpledge(offerId);
    }

    function test_Pledge_IsProlongedAndNeverMovedOrShortened() public {
        _pledge(operatorId, _until);
        _pledge(operatorId, _until);
        _pledge(operatorId, _until + 1);
        _expectPledge(_pledged(_until + 1), offerId, operatorId, _until);
        _expectPledge(_pledged(_until + 1), offerId, OTHER, _until + 2);
        _assertPledge(operatorId, _until + 1);
        // Over, it is anybody's.
        vm.warp(_until + 2);
        _pledge(OTHER, _until + 3);
        _assertPledge(OTHER, _until + 3);
    }

    function test_Take_OnlyByItsOperator() public {
        _pledge(operatorId, _until);
        vm.expectRevert(_pledged(_until));
        _take(0, 1);
        vm.expectRevert(_pledged(_until));
        _take(OTHER, 1);
        vm.warp(_until);
        vm.expectRevert(_pledged(_until));
        _take(0, 1);
        _take(operatorId, STOCK);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_SoldOut.selector, offerId, 0, 1));
        _take(operatorId, 1);
    }

    function test_Take_ByAnybodyWhenItIsOver() public {
        _pledge(operatorId, _until);
        vm.warp(_until + 1);
        _assertPledge(0, 0);
        _take(0, 1);
        _take(OTHER, 1);
        _take(operatorId, 1);
        _place(_order());
        assertEq(_stock(offerId), STOCK - 4, "stock");
    }

    /// The bit beside the version is not part of it: an order cannot name it.
    function test_Take_RevertWhen_TheVersionHasTheBit() public {
        _pledge(operatorId, _until);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_TermsMismatch.selector, offerId));
        vm.prank(address(book));
        catalog.take(offerId, uint32(1 | 1 << 31), _hash, 1, operatorId, buyer);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_TermsMismatch.selector, offerId));
        vm.prank(address(book));
        catalog.take(offerId, 2, _hash, 1, operatorId, buyer);
    }

    function test_Restock_WhilePledged() public {
        Order memory order = _placed();
        _pledge(operatorId, _until);
        _perform(seller, order, Action.Refund);
        assertEq(_stock(offerId), STOCK, "stock");
        _assertPledge(operatorId, _until);
    }

    function test_TheSellerChangesNothingMeanwhile() public {
        _pledge(operatorId, _until);
        uint256 listing = offerId >> 16;
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(_terms(), 9, 1);
        vm.startPrank(seller);
        vm.expectRevert(_pledged(_until));
        catalog.publish(shopId, uint32(listing), "{}", all, stocks);
        vm.expectRevert(_pledged(_until));
        catalog.delist(listing);
        vm.expectRevert(_pledged(_until));
        catalog.setStock(offerId, 100);
        vm.warp(_until + 1);
        catalog.setStock(offerId, 100);
        catalog.publish(shopId, uint32(listing), "{}", all, stocks);
        vm.stopPrank();
        (,, uint32 version) = catalog.offerOf(offerId);
        assertEq(version, 2, "the next version, not the bit's");
        _assertPledge(0, 0);
    }

    /// A pledged variant holds all of its listing: a new version is a new version of each.
    function test_APledgedVariantHoldsItsListing() public {
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(_terms(), 7, 3);
        vm.prank(seller);
        uint256 listing = catalog.publish(shopId, 0, "{}", all, stocks);
        offerId = (listing << 16) + 2;
        _pledge(operatorId, _until);
        (OfferTerms[] memory fewer, uint48[] memory few) = _variants(_terms(), 7, 1);
        vm.startPrank(seller);
        vm.expectRevert(_pledged(_until));
        catalog.publish(shopId, uint32(listing), "{}", all, stocks);
        vm.expectRevert(_pledged(_until));
        catalog.publish(shopId, uint32(listing), "{}", fewer, few);
        vm.expectRevert(_pledged(_until));
        catalog.delist(listing);
        // The other variants' stock is the seller's.
        catalog.setStock(listing << 16, 1);
        vm.warp(_until + 1);
        catalog.delist(listing);
        vm.stopPrank();
        (bytes22 hash,, uint32 version) = catalog.offerOf(offerId);
        assertEq(bytes32(hash), 0, "gone");
        assertEq(version, 0, "gone");
    }

    function test_Unpledge_GivesTenMinutes() public {
        _pledge(operatorId, _until);
        uint40 end = uint40(block.timestamp + 10 minutes);
        vm.expectEmit(address(catalog));
        emit ICatalog.OfferPledged(offerId, operatorId, end);
        vm.prank(seller);
        catalog.unpledge(offerId);
        _assertPledge(operatorId, end);
        vm.warp(end - 1);
        vm.prank(seller);
        catalog.unpledge(offerId);
        _assertPledge(operatorId, end);
        vm.warp(end + 1);
        _assertPledge(0, 0);
    }

    function test_Unpledge_RevertWhen_ItIsTheAuctionHouses() public {
        _pledge(AUCTION_HOUSE, _until);
        vm.expectRevert(_pledged(_until));
        vm.prank(seller);
        catalog.unpledge(offerId);
        _assertPledge(AUCTION_HOUSE, _until);
        vm.warp(_until + 1);
        _assertPledge(0, 0);
        vm.prank(seller);
        catalog.setStock(offerId, 0);
    }

    function test_Unpledge_RevertWhen_NothingIsPledged() public {
        vm.expectRevert(_invalid(offerId));
        vm.prank(seller);
        catalog.unpledge(offerId);
        _pledge(operatorId, _until);
        vm.warp(_until + 1);
        vm.expectRevert(_invalid(offerId));
        vm.prank(seller);
        catalog.unpledge(offerId);
    }

    /// The last version before the bit is a version like any other; there is no next one.
    function test_Publish_RevertWhen_TheVersionsAreUsedUp() public {
        uint256 listing = offerId >> 16;
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(_terms(), 7, 1);
        _setVersion(type(uint32).max >> 1);
        vm.startPrank(seller);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_UnknownListing.selector, listing));
        catalog.publish(shopId, uint32(listing), "{}", all, stocks);
        vm.stopPrank();
        _setVersion((type(uint32).max >> 1) - 1);
        vm.prank(seller);
        catalog.publish(shopId, uint32(listing), "{}", all, stocks);
        (,, uint32 version) = catalog.offerOf(offerId);
        assertEq(version, type(uint32).max >> 1, "the last");
        _pledge(operatorId, _until);
        (,, version) = catalog.offerOf(offerId);
        assertEq(version, type(uint32).max >> 1, "the last, pledged");
        _takeOne(version);
    }

    /// Whatever stock and version an offer has, a pledge changes neither.
    function testFuzz_Pledge_KeepsTheRestOfTheWord(uint48 stock, uint32 version, uint24 to) public {
        vm.assume(to != 0 && version != 0 && version <= type(uint32).max >> 1);
        vm.prank(seller);
        catalog.setStock(offerId, stock);
        _setVersion(version);
        (bytes22 hash,,) = catalog.offerOf(offerId);
        _pledge(to, _until);
        (bytes22 h, uint48 s, uint32 v) = catalog.offerOf(offerId);
        assertEq(bytes32(h), bytes32(hash), "hash");
        assertEq(s, stock, "stock");
        assertEq(v, version, "version");
        _assertPledge(to, _until);
    }

    function _takeOne(uint32 version) private {
        vm.prank(address(book));
        catalog.take(offerId, version, _hash, 1, operatorId, buyer);
        assertEq(_stock(offerId), 6, "stock");
    }

    /// @dev Two billion versions take too long: writes into the offer's word, whose last 32 of 256 bits from above are the version.
    function _setVersion(uint32 version) private {
        bytes32 slot = keccak256(abi.encode(offerId, 1));
        uint256 word = uint256(vm.load(address(catalog), slot));
        vm.store(address(catalog), slot, bytes32(word & type(uint256).max >> 32 | uint256(version) << 224));
    }
}
