// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Policy} from "./Policy.sol";

/// @dev Who has what is pledged to auctions: no operator, whose ids count up from one, ever has this one.
uint24 constant AUCTION_HOUSE = type(uint24).max;

/// @notice A share of the item subtotal agreed in the terms (a co-maker, a streamer, a cause).
struct Split {
    address recipient;
    uint16 bps;
}

/// @notice What a seller commits to for one variant. Its EIP-712 struct hash, truncated to 176 bits, stands in the offer's slot.
struct OfferTerms {
    /// Zero address: the chain's native coin.
    address currency;
    uint128 unitPrice;
    /// Flat price of delivery per order.
    uint128 shippingPrice;
    /// What the seller keeps of a no-reason return for its parcel; 0: returning is free.
    uint128 returnShippingPrice;
    Policy policy;
    address arbitrator;
    Split[] splits;
}

/// @notice A flash deal: a listing of its own that ends, made of pieces of other offers of the shop.
struct Deal {
    uint256 shopId;
    bytes content;
    /// One per variant of the deal, as `publish` takes them; every stock with an end.
    OfferTerms[] terms;
    uint48[] stocks;
    /// Per variant the offer whose stock the pieces come from, and go back to.
    uint256[] from;
    /// Whose tabs alone may buy it; 0: anybody.
    uint24 operatorId;
    uint40 until;
    /// Pieces of the listing that one account may buy, refunded ones included; 0: as many as there are.
    uint32 perBuyer;
}

/// @title Listings and offers: what is sold, at which terms, and how many are left.
/// @notice `listingId = shopId << 32 | sequence`, `offerId = listingId << 16 | variant`. One storage slot per offer.
interface ICatalog {
    /// @param content Canonical JSON (`ListingContent` in the protocol), at most 8192 bytes.
    /// @param terms One per variant, in the order of the content's variants.
    /// @param stocks `type(uint48).max` means unlimited.
    event ListingPublished(
        uint256 indexed listingId, uint256 indexed shopId, uint32 version, bytes content, OfferTerms[] terms, uint48[] stocks
    );
    event ListingDelisted(uint256 indexed listingId, uint256 indexed shopId, uint32 version);
    event StockChanged(uint256 indexed offerId, uint48 stock);
    /// @notice Until then the operator alone sells it. An earlier end than before: the seller wants it back.
    event OfferPledged(uint256 indexed offerId, uint24 operatorId, uint40 until);
    /// @notice Comes right after the listing's `ListingPublished`. Until then it is on sale, and never again.
    event DealOpened(
        uint256 indexed listingId, uint256 indexed shopId, uint256[] from, uint24 operatorId, uint40 until, uint32 perBuyer
    );

    /// @notice Thrown when `actor` may not edit the shop's catalogue.
    error Catalog_Unauthorized(uint256 shopId, address actor);
    /// @notice Thrown when content is empty or longer than 8192 bytes.
    error Catalog_InvalidContent(uint256 length);
    /// @notice Thrown when there are no variants, more than 64, or the arrays differ in length.
    error Catalog_InvalidVariants();
    /// @notice Thrown when terms cannot be honoured: zero price, shares above 100 %, a window out of bounds, a currency or arbitrator not listed.
    error Catalog_InvalidTerms(uint256 variant);
    /// @notice Thrown for a listing that was never published, or has had two billion versions.
    error Catalog_UnknownListing(uint256 listingId);
    /// @notice Thrown when the offer is delisted, or the presented version or terms are not those on sale.
    error Catalog_TermsMismatch(uint256 offerId);
    error Catalog_SoldOut(uint256 offerId, uint256 left, uint256 wanted);
    error Catalog_NotOrderBook(address caller);
    /// @notice Thrown when the offer is pledged to an operator: others cannot buy it, and the seller cannot change it;
    /// pledged to the auction house, it cannot be taken back either.
    error Catalog_Pledged(uint256 offerId, uint40 until);
    /// @notice Thrown when the offer is not on sale or a deal, the operator is nobody, the end is past or more than seven days away,
    /// and when there is no pledge to end.
    error Catalog_InvalidPledge(uint256 offerId);
    /// @notice Thrown when the offer is no source for a deal (not on sale, of another shop), the pieces are none or without end, the
    /// operator is the auction house, and when there is no deal that has ended.
    error Catalog_InvalidDeal(uint256 offerId);
    /// @notice Thrown when the deal is over.
    error Catalog_Ended(uint256 offerId, uint40 until);
    /// @notice Thrown when one account would have bought more of a deal than it may.
    error Catalog_OverLimit(uint256 listingId, uint256 limit, uint256 wanted);

    /// @notice Publishes a new listing (`sequence` 0) or the next version of one. Catalogue role.
    function publish(
        uint256 shopId,
        uint32 sequence,
        bytes calldata content,
        OfferTerms[] calldata terms,
        uint48[] calldata stocks
    ) external returns (uint256 listingId);

    /// @notice Takes every variant off sale; history stays. Catalogue role.
    function delist(uint256 listingId) external;

    /// @notice Sets what is left of one variant without a new version. Catalogue role.
    function setStock(uint256 offerId, uint48 stock) external;

    /// @notice Pledges what is left of one variant to an operator until a time, at most seven days ahead: only orders paid from tabs
    /// of that operator take it, and nobody changes it meanwhile. What the operator promises of it is therefore there. A pledge can
    /// be prolonged. Catalogue role.
    function pledge(uint256 offerId, uint24 operatorId, uint40 until) external;

    /// @notice Publishes a flash deal: pieces of other offers, at a price and for a time of their own. Nobody changes or prolongs it,
    /// `unpledge` shortens it to ten minutes. Not for the auction house: what it sells has one price for everybody. Catalogue role.
    function openDeal(Deal calldata deal) external returns (uint256 listingId);

    /// @notice Puts what is left of a deal that is over back where it came from, unless that is no longer on sale. Anyone.
    function endDeal(uint256 offerId) external;

    /// @notice Ends a pledge ten minutes from now, if it does not end before: what is promised can still be sold. Catalogue role.
    /// Pledges to the auction house run to their end: bidders' money is bound until then, and so is the piece.
    function unpledge(uint256 offerId) external;

    /// @notice Takes `quantity` from stock if `version` is on sale and `termsHash` (the full EIP-712 struct hash) is its terms'. OrderBook only.
    /// @param operatorId From whose tab the order is paid; 0: from none.
    /// @param buyer Whose purchases a deal counts.
    function take(
        uint256 offerId,
        uint32 version,
        bytes32 termsHash,
        uint64 quantity,
        uint24 operatorId,
        address buyer
    ) external;

    /// @notice Puts `quantity` back after an order ended without a sale, unless the offer is delisted. OrderBook only.
    function restock(uint256 offerId, uint64 quantity) external;

    /// @return termsHash Truncated to 176 bits, left-aligned in the slot's layout; 0 when delisted.
    function offerOf(uint256 offerId) external view returns (bytes22 termsHash, uint48 stock, uint32 version);

    /// @return operatorId 0, with `until` 0: not pledged, or no longer. 0 with an end: a deal that all may buy.
    function pledgeOf(uint256 offerId) external view returns (uint24 operatorId, uint40 until);

    /// @return from 0, with the rest 0: no deal. One that is over stays one until its listing has a new version.
    function dealOf(uint256 offerId) external view returns (uint256 from, uint24 operatorId, uint40 until, uint32 perBuyer);

    /// @return Pieces of a deal with a limit that the account ever bought.
    function boughtOf(uint256 listingId, address buyer) external view returns (uint256);

    function hashTerms(OfferTerms calldata terms) external pure returns (bytes32);
}
