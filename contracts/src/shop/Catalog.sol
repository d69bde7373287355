// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {IParameters} from "../governance/IParameters.sol";
import {ICatalog, OfferTerms} from "./ICatalog.sol";
import {IShop} from "./IShop.sol";
import {Roles} from "./Roles.sol";
import {Terms} from "./Terms.sol";

/// @title Catalog: see {ICatalog}.
contract Catalog is ICatalog, ERC2771Context {
    using Terms for OfferTerms;

    /// @dev Exactly one storage word. A slot with a version but no hash is a delisted offer. The version's first bit says to look for
    /// a pledge, which may be over: everyone else's order then costs no second word.
    struct Offer {
        bytes22 termsHash;
        uint48 stock;
        uint32 version;
    }

    struct Pledge {
        uint24 operatorId;
        uint40 until;
    }

    uint32 private constant PLEDGED = 1 << 31;
    uint256 private constant MAX_PLEDGE_SECONDS = 7 days;
    uint256 private constant UNPLEDGE_SECONDS = 10 minutes;
    uint48 private constant UNLIMITED = type(uint48).max;
    uint256 private constant MAX_CONTENT = 8192;
    uint256 private constant MAX_VARIANTS = 64;

    IShop public immutable shop;
    IParameters public immutable parameters;
    address public immutable orderBook;

    mapping(uint256 shopId => uint32) private _sequences;
    /// Variants of a listing are contiguous from 0, and variant 0 keeps the listing's latest version for good.
    mapping(uint256 offerId => Offer) private _offers;
    /// Of meaning while the offer's version has the bit.
    mapping(uint256 offerId => Pledge) private _pledges;

    constructor(IShop shop_, IParameters parameters_, address orderBook_, address forwarder) ERC2771Context(forwarder) {
        (shop, parameters, orderBook) = (shop_, parameters_, orderBook_);
    }

    /// @inheritdoc ICatalog
    function publish(
        uint256 shopId,
        uint32 sequence,
        bytes calldata content,
        OfferTerms[] calldata terms,
        uint48[] calldata stocks
    ) external returns (uint256 listingId) {
        _requireCatalogue(shopId);
        require(content.length != 0 && content.length <= MAX_CONTENT, Catalog_InvalidContent(content.length));
        uint256 variants = terms.length;
        require(variants != 0 && variants <= MAX_VARIANTS && variants == stocks.length, Catalog_InvalidVariants());

        listingId = shopId << 32 | (sequence == 0 ? ++_sequences[shopId] : sequence);
        uint256 firstOffer = listingId << 16;
        uint32 version = _versionOf(_offers[firstOffer]) + 1;
        require((sequence == 0 || version > 1) && version < PLEDGED, Catalog_UnknownListing(listingId));
        for (uint256 i = 0; i < terms.length; ++i) {
            _requireTerms(terms[i], i);
            _requireFree(firstOffer + i);
            _offers[firstOffer + i] = Offer(bytes22(terms[i].hash()), stocks[i], version);
        }
        _clearFrom(firstOffer + terms.length);
        emit ListingPublished(listingId, shopId, version, content, terms, stocks);
    }

    /// @inheritdoc ICatalog
    function delist(uint256 listingId) external {
        uint256 shopId = listingId >> 32;
        _requireCatalogue(shopId);
        uint256 firstOffer = listingId << 16;
        uint32 version = _versionOf(_offers[firstOffer]);
        require(version != 0, Catalog_UnknownListing(listingId));
        _requireFree(firstOffer);

        _offers[firstOffer] = Offer(0, 0, version);
        _clearFrom(firstOffer + 1);
        emit ListingDelisted(listingId, shopId, version);
    }

    /// @inheritdoc ICatalog
    function setStock(uint256 offerId, uint48 stock) external {
        _requireCatalogue(offerId >> 48);
        require(_offers[offerId].termsHash != 0, Catalog_TermsMismatch(offerId));
        _requireFree(offerId);
        _offers[offerId].stock = stock;
        emit StockChanged(offerId, stock);
    }

    /// @inheritdoc ICatalog
    function pledge(uint256 offerId, uint24 operatorId, uint40 until) external {
        _requireCatalogue(offerId >> 48);
        Offer memory offer = _offers[offerId];
        bool inTime = until > block.timestamp && until <= block.timestamp + MAX_PLEDGE_SECONDS;
        require(offer.termsHash != 0 && operatorId != 0 && inTime, Catalog_InvalidPledge(offerId));
        Pledge memory before = _pledgeOf(offerId);
        bool prolonged = before.operatorId == operatorId && before.until <= until;
        require(before.operatorId == 0 || prolonged, Catalog_Pledged(offerId, before.until));
        _offers[offerId].version = offer.version | PLEDGED;
        _pledges[offerId] = Pledge(operatorId, until);
        emit OfferPledged(offerId, operatorId, until);
    }

    /// @inheritdoc ICatalog
    function unpledge(uint256 offerId) external {
        _requireCatalogue(offerId >> 48);
        Pledge memory current = _pledgeOf(offerId);
        require(current.operatorId != 0, Catalog_InvalidPledge(offerId));
        uint256 notice = block.timestamp + UNPLEDGE_SECONDS;
        if (notice < current.until) _pledges[offerId].until = current.until = uint40(notice);
        emit OfferPledged(offerId, current.operatorId, current.until);
    }

    /// @inheritdoc ICatalog
    /// @dev No event: `OrderPlaced` carries offer, version and quantity.
    function take(uint256 offerId, uint32 version, bytes32 termsHash, uint64 quantity, uint24 operatorId) external {
        _requireOrderBook();
        Offer memory offer = _offers[offerId];
        if (offer.version & PLEDGED != 0) {
            Pledge memory current = _pledges[offerId];
            bool free = current.operatorId == operatorId || block.timestamp > current.until;
            require(free, Catalog_Pledged(offerId, current.until));
            offer.version ^= PLEDGED;
        }
        // The version stands for the text: new words with the same terms are still another thing than the buyer saw.
        bool asSeen = offer.version == version && offer.termsHash == bytes22(termsHash);
        require(asSeen && offer.termsHash != 0, Catalog_TermsMismatch(offerId));
        if (offer.stock != UNLIMITED) {
            require(quantity <= offer.stock, Catalog_SoldOut(offerId, offer.stock, quantity));
            // Cannot underflow, and the quantity fits into 48 bits: it is at most the stock.
            unchecked {
                _offers[offerId].stock = offer.stock - uint48(quantity);
            }
        }
    }

    /// @inheritdoc ICatalog
    /// @dev Never reverts for the order book: a refund must not depend on the state of the shelf.
    function restock(uint256 offerId, uint64 quantity) external {
        _requireOrderBook();
        Offer memory offer = _offers[offerId];
        if (offer.termsHash == 0 || offer.stock == UNLIMITED) return;
        uint256 stock = uint256(offer.stock) + quantity;
        // One below the marker, so that a full shelf never turns into an unlimited one.
        uint48 left = stock < UNLIMITED ? uint48(stock) : UNLIMITED - 1;
        _offers[offerId].stock = left;
        emit StockChanged(offerId, left);
    }

    /// @inheritdoc ICatalog
    function offerOf(uint256 offerId) external view returns (bytes22 termsHash, uint48 stock, uint32 version) {
        Offer memory offer = _offers[offerId];
        return (offer.termsHash, offer.stock, _versionOf(offer));
    }

    /// @inheritdoc ICatalog
    function pledgeOf(uint256 offerId) external view returns (uint24 operatorId, uint40 until) {
        Pledge memory current = _pledgeOf(offerId);
        return (current.operatorId, current.until);
    }

    /// @inheritdoc ICatalog
    function hashTerms(OfferTerms calldata terms) external pure returns (bytes32) {
        return terms.hash();
    }

    /// @dev Clears variants that an earlier version had and this one has not.
    function _clearFrom(uint256 offerId) private {
        // Ends: at most 64 variants were ever written, and the word after them is zero.
        for (; _offers[offerId].version != 0; ++offerId) {
            _requireFree(offerId);
            delete _offers[offerId];
        }
    }

    function _versionOf(Offer memory offer) private pure returns (uint32) {
        return offer.version & ~PLEDGED;
    }

    /// @dev Nobody's when it is over.
    function _pledgeOf(uint256 offerId) private view returns (Pledge memory current) {
        if (_offers[offerId].version & PLEDGED == 0) return current;
        current = _pledges[offerId];
        if (block.timestamp > current.until) return Pledge(0, 0);
    }

    function _requireFree(uint256 offerId) private view {
        Pledge memory current = _pledgeOf(offerId);
        require(current.operatorId == 0, Catalog_Pledged(offerId, current.until));
    }

    function _requireTerms(OfferTerms calldata terms, uint256 variant) private view {
        (bool currencyOk, bool arbitratorOk,) = parameters.check(terms.currency, terms.arbitrator);
        require(currencyOk && arbitratorOk && terms.areSound(), Catalog_InvalidTerms(variant));
    }

    function _requireCatalogue(uint256 shopId) private view {
        address actor = _msgSender();
        require(shop.can(shopId, actor, Roles.CATALOGUE), Catalog_Unauthorized(shopId, actor));
    }

    /// @dev Compares the bare sender: the order book never speaks through a forwarder.
    function _requireOrderBook() private view {
        require(msg.sender == orderBook, Catalog_NotOrderBook(msg.sender));
    }
}
