// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {IParameters} from "../governance/IParameters.sol";
import {AUCTION_HOUSE, Deal, ICatalog, OfferTerms} from "./ICatalog.sol";
import {IShop} from "./IShop.sol";
import {Roles} from "./Roles.sol";
import {Shelf} from "./Shelf.sol";
import {Terms} from "./Terms.sol";

/// @title Catalog: see {ICatalog}.
contract Catalog is Shelf, ERC2771Context {
    using Terms for OfferTerms;

    uint256 private constant MAX_CONTENT = 8192;
    uint256 private constant MAX_VARIANTS = 64;
    uint256 private constant UNPLEDGE_SECONDS = 10 minutes;

    IShop public immutable shop;
    IParameters public immutable parameters;
    address public immutable orderBook;

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
        return _publish(shopId, sequence, content, terms, stocks);
    }

    /// @inheritdoc ICatalog
    function openDeal(Deal calldata deal) external returns (uint256 listingId) {
        uint256 shopId = deal.shopId;
        listingId = _publish(shopId, 0, deal.content, deal.terms, deal.stocks);
        _requireEnd(deal.until, listingId << 16);
        require(deal.from.length == deal.terms.length, Catalog_InvalidVariants());
        require(deal.operatorId != AUCTION_HOUSE, Catalog_InvalidDeal(listingId << 16));
        for (uint256 i = 0; i < deal.from.length; ++i) {
            uint256 from = deal.from[i];
            require(from >> 48 == shopId && _offers[from].termsHash != 0, Catalog_InvalidDeal(from));
            _requireFree(from);
            _takeForDeal(from, deal.stocks[i]);
            uint256 offerId = (listingId << 16) + i;
            _offers[offerId].version |= PLEDGED;
            _pledges[offerId] = Pledge(deal.operatorId, deal.until, true, deal.perBuyer, uint48(from));
        }
        emit DealOpened(listingId, shopId, deal.from, deal.operatorId, deal.until, deal.perBuyer);
    }

    /// @inheritdoc ICatalog
    /// @dev No check of the caller: the pieces go back where they came from, whoever asks for it. Again after a refund.
    function endDeal(uint256 offerId) external {
        require(_isDeal(offerId) && block.timestamp > _pledges[offerId].until, Catalog_InvalidDeal(offerId));
        uint48 left = _offers[offerId].stock;
        _offers[offerId].stock = 0;
        emit StockChanged(offerId, 0);
        _putBack(_sourceOf(offerId), left);
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
        _requireEnd(until, offerId);
        require(offer.termsHash != 0 && operatorId != 0 && !_isDeal(offerId), Catalog_InvalidPledge(offerId));
        Pledge memory before = _pledgeOf(offerId);
        bool prolonged = before.operatorId == operatorId && before.until <= until;
        require(before.operatorId == 0 || prolonged, Catalog_Pledged(offerId, before.until));
        _offers[offerId].version = offer.version | PLEDGED;
        _pledges[offerId] = Pledge(operatorId, until, false, 0, 0);
        emit OfferPledged(offerId, operatorId, until);
    }

    /// @inheritdoc ICatalog
    function unpledge(uint256 offerId) external {
        _requireCatalogue(offerId >> 48);
        Pledge memory current = _pledgeOf(offerId);
        require(current.until != 0, Catalog_InvalidPledge(offerId));
        require(current.operatorId != AUCTION_HOUSE, Catalog_Pledged(offerId, current.until));
        uint256 notice = block.timestamp + UNPLEDGE_SECONDS;
        if (notice < current.until) _pledges[offerId].until = current.until = uint40(notice);
        emit OfferPledged(offerId, current.operatorId, current.until);
    }

    /// @inheritdoc ICatalog
    /// @dev No event: `OrderPlaced` carries offer, version and quantity.
    function take(
        uint256 offerId,
        uint32 version,
        bytes32 termsHash,
        uint64 quantity,
        uint24 operatorId,
        address buyer
    ) external {
        _requireOrderBook();
        Offer memory offer = _offers[offerId];
        if (offer.version & PLEDGED != 0) {
            _requirePledge(offerId, quantity, operatorId, buyer);
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
        _putBack(offerId, quantity);
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
    function dealOf(uint256 offerId) external view returns (uint256 from, uint24 operatorId, uint40 until, uint32 perBuyer) {
        if (!_isDeal(offerId)) return (0, 0, 0, 0);
        Pledge memory deal = _pledges[offerId];
        return (_sourceOf(offerId), deal.operatorId, deal.until, deal.perBuyer);
    }

    /// @inheritdoc ICatalog
    function boughtOf(uint256 listingId, address buyer) external view returns (uint256) {
        return _bought[listingId][buyer];
    }

    /// @inheritdoc ICatalog
    function hashTerms(OfferTerms calldata terms) external pure returns (bytes32) {
        return terms.hash();
    }

    function _requirePledge(uint256 offerId, uint64 quantity, uint24 operatorId, address buyer) private {
        Pledge storage current = _pledges[offerId];
        (uint24 by, uint40 until, bool isDeal, uint32 perBuyer) =
            (current.operatorId, current.until, current.isDeal, current.perBuyer);
        if (!isDeal) {
            // What an operator sells of its own comes by the hundred.
            if (by == operatorId) return;
            require(block.timestamp > until, Catalog_Pledged(offerId, until));
            return;
        }
        require(block.timestamp <= until, Catalog_Ended(offerId, until));
        require(by == operatorId || by == 0, Catalog_Pledged(offerId, until));
        if (perBuyer != 0) _countForDeal(offerId, perBuyer, quantity, buyer);
    }

    function _publish(
        uint256 shopId,
        uint32 sequence,
        bytes calldata content,
        OfferTerms[] calldata terms,
        uint48[] calldata stocks
    ) private returns (uint256 listingId) {
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
