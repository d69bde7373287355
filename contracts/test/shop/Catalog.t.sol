// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Order} from "../../src/order/IOrderBook.sol";
import {ICatalog, OfferTerms, Split} from "../../src/shop/ICatalog.sol";
import {Policy} from "../../src/shop/Policy.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {PolicyFields} from "../support/PolicyFields.sol";

/// publish, delist, setStock, take, restock
contract CatalogTest is MarketTest {
    using PolicyFields for Policy;

    function test_Publish_WritesOneSlotPerVariant() public {
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(_terms(), 7, 3);
        uint256 listing = shopId << 32 | 2;
        vm.expectEmit(address(catalog));
        emit ICatalog.ListingPublished(listing, shopId, 1, "content", all, stocks);
        vm.prank(seller);
        assertEq(catalog.publish(shopId, 0, "content", all, stocks), listing, "listing");
        _assertOffer((listing << 16) + 2, bytes22(catalog.hashTerms(all[2])), 7, 1);
        _assertOffer((listing << 16) + 3, 0, 0, 0);
    }

    function test_Publish_TheNextVersionClearsVariantsThatAreGone() public {
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(_terms(), 7, 64);
        vm.prank(seller);
        uint256 listing = catalog.publish(shopId, 0, "{}", all, stocks);
        (all, stocks) = _variants(_terms(), 9, 2);
        vm.prank(seller);
        assertEq(catalog.publish(shopId, uint32(listing), "{}", all, stocks), listing, "same listing");
        _assertOffer((listing << 16) + 1, bytes22(catalog.hashTerms(all[1])), 9, 2);
        for (uint256 i = 2; i < 64; ++i) _assertOffer((listing << 16) + i, 0, 0, 0);
    }

    function test_Publish_AfterDelistingContinuesTheVersions() public {
        vm.prank(seller);
        catalog.delist(offerId >> 16);
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(_terms(), 9, 1);
        vm.prank(seller);
        catalog.publish(shopId, uint32(offerId >> 16), "{}", all, stocks);
        _assertOffer(offerId, bytes22(catalog.hashTerms(all[0])), 9, 2);
    }

    function test_Publish_RevertWhen_Unauthorized() public {
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(_terms(), 1, 1);
        vm.prank(seller);
        shop.setStaff(shopId, stranger, 2 | 4 | 8);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_Unauthorized.selector, shopId, stranger));
        vm.prank(stranger);
        catalog.publish(shopId, 0, "{}", all, stocks);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_Unauthorized.selector, 99, seller));
        vm.prank(seller);
        catalog.publish(99, 0, "{}", all, stocks);
    }

    function test_Publish_RevertWhen_ListingIsUnknown() public {
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(_terms(), 1, 1);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_UnknownListing.selector, shopId << 32 | 5));
        vm.prank(seller);
        catalog.publish(shopId, 5, "{}", all, stocks);
    }

    function test_Publish_RevertWhen_ContentIsEmptyOrTooLong() public {
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(_terms(), 1, 1);
        vm.startPrank(seller);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_InvalidContent.selector, 0));
        catalog.publish(shopId, 0, "", all, stocks);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_InvalidContent.selector, 8193));
        catalog.publish(shopId, 0, new bytes(8193), all, stocks);
        vm.stopPrank();
    }

    function test_Publish_RevertWhen_VariantsAreNoneTooManyOrUneven() public {
        vm.startPrank(seller);
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(_terms(), 1, 0);
        vm.expectRevert(ICatalog.Catalog_InvalidVariants.selector);
        catalog.publish(shopId, 0, "{}", all, stocks);
        (all, stocks) = _variants(_terms(), 1, 65);
        vm.expectRevert(ICatalog.Catalog_InvalidVariants.selector);
        catalog.publish(shopId, 0, "{}", all, stocks);
        (, stocks) = _variants(_terms(), 1, 2);
        (all,) = _variants(_terms(), 1, 1);
        vm.expectRevert(ICatalog.Catalog_InvalidVariants.selector);
        catalog.publish(shopId, 0, "{}", all, stocks);
        vm.stopPrank();
    }

    function test_Publish_RevertWhen_TermsCannotBeHonoured() public {
        OfferTerms memory terms = _terms();
        terms.unitPrice = 0;
        _expectInvalid(terms);
        terms = _terms();
        terms.policy = terms.policy.withShipBy(365 days + 1);
        _expectInvalid(terms);
        terms = _terms();
        terms.policy = terms.policy.withConfirmBy(1 hours - 1);
        _expectInvalid(terms);
        terms = _terms();
        terms.policy = terms.policy.withConfirmBy(365 days + 1);
        _expectInvalid(terms);
        terms = _terms();
        terms.policy = terms.policy.withCancel(365 days + 1);
        _expectInvalid(terms);
        terms = _terms();
        terms.policy = terms.policy.withReturn(365 days + 1);
        _expectInvalid(terms);
        terms = _terms();
        terms.policy = terms.policy.withAffiliate(9801);
        _expectInvalid(terms);
        terms = _terms();
        terms.currency = stranger;
        _expectInvalid(terms);
        terms = _terms();
        terms.arbitrator = stranger;
        _expectInvalid(terms);
    }

    function test_Publish_RevertWhen_SplitsCannotBePaid() public {
        OfferTerms memory terms = _terms();
        terms.splits = new Split[](1);
        terms.splits[0] = Split(address(0), 1);
        _expectInvalid(terms);
        terms.splits[0] = Split(stranger, 0);
        _expectInvalid(terms);
        terms.splits[0] = Split(stranger, 9801);
        _expectInvalid(terms);
        terms.splits[0] = Split(stranger, 9800);
        _publish(terms, 1);
        terms.policy = terms.policy.withAffiliate(1);
        _expectInvalid(terms);
        terms = _terms();
        terms.splits = new Split[](17);
        for (uint256 i = 0; i < 17; ++i) terms.splits[i] = Split(stranger, 1);
        _expectInvalid(terms);
    }

    function test_Publish_NamesTheVariantThatIsWrong() public {
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(_terms(), 1, 3);
        all[2] = abi.decode(abi.encode(all[2]), (OfferTerms));
        all[2].unitPrice = 0;
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_InvalidTerms.selector, 2));
        vm.prank(seller);
        catalog.publish(shopId, 0, "{}", all, stocks);
    }

    function test_Delist_TakesEveryVariantOffSale() public {
        Order memory order = _order();
        vm.expectEmit(address(catalog));
        emit ICatalog.ListingDelisted(offerId >> 16, shopId, 1);
        vm.prank(seller);
        catalog.delist(offerId >> 16);
        _assertOffer(offerId, 0, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_TermsMismatch.selector, offerId));
        _place(order);
    }

    function test_Delist_RevertWhen_UnauthorizedOrUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_Unauthorized.selector, shopId, stranger));
        vm.prank(stranger);
        catalog.delist(offerId >> 16);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_UnknownListing.selector, shopId << 32 | 9));
        vm.prank(seller);
        catalog.delist(shopId << 32 | 9);
    }

    function test_SetStock_ChangesWhatIsLeft() public {
        vm.expectEmit(address(catalog));
        emit ICatalog.StockChanged(offerId, 3);
        vm.prank(seller);
        catalog.setStock(offerId, 3);
        assertEq(_stock(offerId), 3, "stock");
    }

    function test_SetStock_RevertWhen_UnauthorizedUnknownOrDelisted() public {
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_Unauthorized.selector, shopId, stranger));
        vm.prank(stranger);
        catalog.setStock(offerId, 3);
        vm.startPrank(seller);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_TermsMismatch.selector, offerId + 1));
        catalog.setStock(offerId + 1, 3);
        catalog.delist(offerId >> 16);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_TermsMismatch.selector, offerId));
        catalog.setStock(offerId, 3);
        vm.stopPrank();
    }

    function test_TakeAndRestock_RevertWhen_CallerIsNotTheOrderBook() public {
        bytes32 hash = catalog.hashTerms(_terms());
        vm.startPrank(seller);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_NotOrderBook.selector, seller));
        catalog.take(offerId, 1, hash, 1, 0, buyer);
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_NotOrderBook.selector, seller));
        catalog.restock(offerId, 1);
        vm.stopPrank();
    }

    function testFuzz_Restock_NeverRevertsNorBecomesUnlimited(uint48 stock, uint64 quantity) public {
        uint256 offer = _publish(_terms(), stock);
        vm.prank(address(book));
        catalog.restock(offer, quantity);
        uint48 marker = type(uint48).max;
        uint256 sum = uint256(stock) + quantity;
        uint256 expected = stock == marker ? marker : sum < marker ? sum : marker - 1;
        assertEq(_stock(offer), expected, "stock");
    }

    function _expectInvalid(OfferTerms memory terms) private {
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_InvalidTerms.selector, 0));
        _publish(terms, 1);
    }

    function _assertOffer(uint256 offer, bytes22 hash, uint48 stock, uint32 version) private view {
        (bytes22 h, uint48 s, uint32 v) = catalog.offerOf(offer);
        assertEq(bytes32(h), bytes32(hash), "hash");
        assertEq(s, stock, "stock");
        assertEq(v, version, "version");
    }
}
