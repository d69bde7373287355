// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AuctionRules, AuctionStatus, IAuctions} from "../../src/live/IAuctions.sol";
import {AUCTION_HOUSE, ICatalog, OfferTerms} from "../../src/shop/ICatalog.sol";
import {Roles} from "../../src/shop/Roles.sol";
import {AuctionTest} from "./AuctionTest.sol";

contract OpeningTest is AuctionTest {
    function setUp() public override {
        super.setUp();
        vm.prank(seller);
        auctions.cancel(auctionId);
    }

    function test_EveryBoundHolds() public {
        AuctionRules memory rules = _rules();
        (rules.endsAt, rules.latestEnd) = (begun + 1 days - 1 hours, begun + 1 days - 1 hours);
        _open(rules);
    }

    function test_StaffOfTheCatalogueOpensAndWithdraws() public {
        vm.prank(seller);
        shop.setStaff(shopId, stranger, Roles.CATALOGUE);
        (AuctionRules memory rules, OfferTerms memory terms) = (_rules(), _terms());
        vm.startPrank(stranger);
        uint64 id = auctions.open(rules, terms);
        auctions.cancel(id);
        vm.stopPrank();
    }

    function test_RevertWhen_Unauthorized() public {
        (AuctionRules memory rules, OfferTerms memory terms) = (_rules(), _terms());
        bytes memory reason = abi.encodeWithSelector(IAuctions.Auctions_Unauthorized.selector, shopId, stranger);
        vm.expectRevert(reason);
        vm.prank(stranger);
        auctions.open(rules, terms);
        auctionId = _open(rules);
        vm.expectRevert(reason);
        vm.prank(stranger);
        auctions.cancel(auctionId);
    }

    function test_RevertWhen_CancelledWithBids() public {
        auctionId = _open(_rules());
        _bid("ann", 50e6);
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_HasBids.selector, auctionId));
        vm.prank(seller);
        auctions.cancel(auctionId);
    }

    function test_RevertWhen_CancelledTwice() public {
        vm.expectRevert(abi.encodeWithSelector(IAuctions.Auctions_NotRunning.selector, auctionId));
        vm.prank(seller);
        auctions.cancel(auctionId);
        _assertStatus(AuctionStatus.Unsold);
    }

    function test_RevertWhen_TheRulesAreUnsound() public {
        AuctionRules[8] memory rules;
        for (uint256 i = 0; i < 8; ++i) rules[i] = _rules();
        rules[0].startPrice = 0;
        rules[1].startsAt = rules[1].endsAt;
        (rules[2].startsAt, rules[2].endsAt) = (begun - 1, begun);
        rules[3].latestEnd = rules[3].endsAt - 1;
        rules[4].latestEnd = begun + 6 days + 1;
        rules[5].increment = 0;
        (rules[6].endsAt, rules[6].latestEnd) = (begun + 6 days + 1, begun + 6 days + 1);
        rules[7].endsAt = rules[7].latestEnd + 1;
        for (uint256 i = 0; i < 8; ++i) _expectInvalid(rules[i]);
    }

    function test_RevertWhen_TheRulesOfASealedOneAreUnsound() public {
        AuctionRules[5] memory rules;
        for (uint256 i = 0; i < 5; ++i) rules[i] = _sealedRules();
        rules[0].extendSeconds = 1;
        rules[1].increment = 1;
        rules[2].latestEnd = rules[2].endsAt + 29;
        (rules[3].endsAt, rules[3].latestEnd) = (begun + 60, begun + 60 + 1 days + 1);
        rules[4].latestEnd = rules[4].endsAt;
        offerId = _pledged(_terms(), 1, AUCTION_HOUSE, begun + 7 days);
        for (uint256 i = 0; i < 5; ++i) _expectInvalid(rules[i]);
        AuctionRules memory sound = _sealedRules();
        (sound.offerId, sound.latestEnd) = (offerId, sound.endsAt + 30);
        _open(sound);
    }

    /// A price below the return parcel would make terms that no order may have.
    function test_RevertWhen_TheStartPriceIsBelowTheReturnParcel() public {
        OfferTerms memory terms = _terms();
        terms.returnShippingPrice = START + 1;
        offerId = _pledged(terms, 1, AUCTION_HOUSE, begun + 1 days);
        _expectOpen(_rules(), terms, abi.encodeWithSelector(IAuctions.Auctions_InvalidRules.selector));
    }

    function test_RevertWhen_TheOfferIsNotThere() public {
        OfferTerms memory other = _terms();
        other.shippingPrice += 1;
        bytes memory reason = abi.encodeWithSelector(IAuctions.Auctions_NotOnOffer.selector, offerId);
        _expectOpen(_rules(), other, reason);
        AuctionRules memory rules = _rules();
        rules.version = 2;
        _expectOpen(rules, _terms(), reason);
        _open(_rules());
        _expectOpen(_rules(), _terms(), reason);
    }

    function test_RevertWhen_NothingIsLeftOrPledgedForLongEnough() public {
        uint40 needed = begun + LATEST + 1 hours;
        _expectNotOnOffer(_pledged(_terms(), 0, AUCTION_HOUSE, needed));
        _expectNotOnOffer(_pledged(_terms(), 1, AUCTION_HOUSE, needed - 1));
        _expectNotOnOffer(_pledged(_terms(), 1, operatorId, needed));
        _expectNotOnOffer(_publish(_terms(), 1));
        offerId = _pledged(_terms(), 1, AUCTION_HOUSE, needed);
        _open(_rules());
    }

    /// Pledged to the auctions it is theirs alone: nobody buys it meanwhile.
    function test_RevertWhen_BoughtMeanwhile() public {
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_Pledged.selector, offerId, begun + 1 days));
        _place(_order());
    }

    function _pledged(OfferTerms memory terms, uint48 stock, uint24 to, uint40 until) private returns (uint256 offer) {
        offer = _publish(terms, stock);
        vm.prank(seller);
        catalog.pledge(offer, to, until);
    }

    function _expectNotOnOffer(uint256 offer) private {
        AuctionRules memory rules = _rules();
        rules.offerId = offer;
        _expectOpen(rules, _terms(), abi.encodeWithSelector(IAuctions.Auctions_NotOnOffer.selector, offer));
    }

    function _expectInvalid(AuctionRules memory rules) private {
        rules.offerId = offerId;
        _expectOpen(rules, _terms(), abi.encodeWithSelector(IAuctions.Auctions_InvalidRules.selector));
    }

    function _expectOpen(AuctionRules memory rules, OfferTerms memory terms, bytes memory reason) private {
        vm.expectRevert(reason);
        vm.prank(seller);
        auctions.open(rules, terms);
    }
}
