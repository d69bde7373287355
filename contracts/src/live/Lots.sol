// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IShop} from "../shop/IShop.sol";
import {AUCTION_HOUSE, ICatalog, OfferTerms} from "../shop/ICatalog.sol";
import {Roles} from "../shop/Roles.sol";
import {Terms} from "../shop/Terms.sol";
import {AuctionRules, AuctionStatus, IAuctions} from "./IAuctions.sol";
import {Purses} from "./Purses.sol";

/// @title Lots: what is auctioned, under which rules, and how its seller puts it up and withdraws it. See {IAuctions}.
abstract contract Lots is Purses {
    using Terms for OfferTerms;

    /// @dev Six words that stay, then what a bid changes. `offerId` has 112 bits, see {ICatalog}.
    struct Auction {
        uint128 offerId;
        uint32 version;
        uint40 startsAt;
        uint40 latestEnd;
        uint16 extendSeconds;
        bytes32 termsHash;
        uint128 startPrice;
        uint128 increment;
        address affiliate;
        /// Of the terms: no order can have it as its buyer.
        address arbitrator;
        address currency;
        uint40 endsAt;
        bool isSealed;
        AuctionStatus status;
        /// Sealed bids, and those shown since.
        uint16 commits;
        uint16 reveals;
        uint128 shippingPrice;
        /// The leader's, in no purse.
        uint128 held;
        uint128 price;
        /// The leader's bid.
        uint128 best;
        address leader;
        address leaderKey;
        bytes32 detailsHash;
    }

    uint256 private constant MAX_SECONDS = 6 days;
    uint256 private constant MIN_REVEAL_SECONDS = 30 seconds;
    uint256 private constant MAX_REVEAL_SECONDS = 1 days;
    /// How long a winner's order is tried.
    uint256 internal constant GRACE_SECONDS = 1 hours;

    ICatalog public immutable catalog;
    IShop public immutable shop;

    uint64 private _last;
    mapping(uint64 auctionId => Auction) internal _auctions;
    /// The running auction of an offer: a piece is never promised twice.
    mapping(uint256 offerId => uint64 auctionId) internal _running;

    constructor(ICatalog catalog_, IShop shop_) {
        (catalog, shop) = (catalog_, shop_);
    }

    /// @inheritdoc IAuctions
    function open(AuctionRules calldata rules, OfferTerms calldata terms) external returns (uint64 auctionId) {
        _requireCatalogue(rules.offerId);
        _requireRules(rules, terms);
        bytes32 termsHash = terms.hash();
        _requireOnOffer(rules, termsHash);

        auctionId = ++_last;
        _running[rules.offerId] = auctionId;
        Auction storage auction = _auctions[auctionId];
        // Fits: an offer's shop, listing and variant have 112 bits, and this one is on sale.
        (auction.offerId, auction.version) = (uint128(rules.offerId), rules.version);
        (auction.startsAt, auction.latestEnd) = (rules.startsAt, rules.latestEnd);
        (auction.extendSeconds, auction.termsHash) = (rules.extendSeconds, termsHash);
        (auction.startPrice, auction.increment) = (rules.startPrice, rules.increment);
        (auction.affiliate, auction.currency, auction.arbitrator) = (rules.affiliate, terms.currency, terms.arbitrator);
        (auction.endsAt, auction.isSealed, auction.status) = (rules.endsAt, rules.isSealed, AuctionStatus.Running);
        (auction.shippingPrice, auction.price) = (terms.shippingPrice, rules.startPrice);
        emit AuctionOpened(auctionId, rules.offerId, terms.currency, rules);
    }

    /// @inheritdoc IAuctions
    function cancel(uint64 auctionId) external {
        Auction storage auction = _runningOf(auctionId);
        _requireCatalogue(auction.offerId);
        require(auction.leader == address(0) && auction.commits == 0, Auctions_HasBids(auctionId));
        _endUnsold(auctionId, auction);
    }

    /// @inheritdoc IAuctions
    function auctionOf(uint64 auctionId)
        external
        view
        returns (AuctionStatus status, address leader, uint128 price, uint128 held, uint40 endsAt, uint40 latestEnd)
    {
        Auction storage auction = _auctions[auctionId];
        return (auction.status, auction.leader, auction.price, auction.held, auction.endsAt, auction.latestEnd);
    }

    function _endUnsold(uint64 auctionId, Auction storage auction) internal {
        (auction.status, _running[auction.offerId]) = (AuctionStatus.Unsold, 0);
        emit AuctionUnsold(auctionId);
    }

    /// @dev What the leader has held goes back to its purse, at once: a bid that does not lead binds nothing.
    function _giveBack(Auction storage auction) internal {
        uint128 held = auction.held;
        if (held == 0) return;
        auction.held = 0;
        _return(auction.leader, auction.leaderKey, auction.currency, held);
    }

    function _runningOf(uint64 auctionId) internal view returns (Auction storage auction) {
        auction = _auctions[auctionId];
        require(auction.status == AuctionStatus.Running, Auctions_NotRunning(auctionId));
    }

    /// @dev The least price is one that the terms allow: see {Terms.areSound}, where the listed price is compared.
    function _requireRules(AuctionRules calldata rules, OfferTerms calldata terms) private view {
        bool priced = rules.startPrice != 0 && rules.startPrice >= terms.returnShippingPrice;
        bool inTime = rules.startsAt < rules.endsAt && rules.endsAt > block.timestamp && rules.endsAt <= rules.latestEnd
            && rules.latestEnd <= block.timestamp + MAX_SECONDS;
        require(priced && inTime, Auctions_InvalidRules());
        uint256 revealSeconds = rules.latestEnd - rules.endsAt;
        bool fits = rules.isSealed
            ? rules.extendSeconds == 0 && rules.increment == 0 && revealSeconds >= MIN_REVEAL_SECONDS
                && revealSeconds <= MAX_REVEAL_SECONDS
            : rules.increment != 0;
        require(fits, Auctions_InvalidRules());
    }

    function _requireOnOffer(AuctionRules calldata rules, bytes32 termsHash) private view {
        uint256 offerId = rules.offerId;
        (bytes22 onSale, uint48 stock, uint32 version) = catalog.offerOf(offerId);
        (uint24 house, uint40 until) = catalog.pledgeOf(offerId);
        bool asSaid = onSale == bytes22(termsHash) && version == rules.version && stock != 0;
        bool kept = house == AUCTION_HOUSE && until >= rules.latestEnd + GRACE_SECONDS;
        require(asSaid && kept && _running[offerId] == 0, Auctions_NotOnOffer(offerId));
    }

    function _requireCatalogue(uint256 offerId) private view {
        address actor = _msgSender();
        require(shop.can(offerId >> 48, actor, Roles.CATALOGUE), Auctions_Unauthorized(offerId >> 48, actor));
    }
}
