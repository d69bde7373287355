// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ICatalog} from "./ICatalog.sol";

/// @title Shelf: what stands in the words of an offer: terms, stock and version, whom it is pledged to, whether it is a deal.
/// @dev Of {ICatalog}, without its doors.
abstract contract Shelf is ICatalog {
    /// @dev Exactly one storage word. A slot with a version but no hash is a delisted offer. The version's first bit says to look for
    /// a pledge, which may be over: everyone else's order then costs no second word.
    struct Offer {
        bytes22 termsHash;
        uint48 stock;
        uint32 version;
    }

    /// @param isDeal Then nobody may buy when it is over; the rest is of meaning for deals only.
    /// @param from The offer its pieces come from, without the shop, which is the same.
    struct Pledge {
        uint24 operatorId;
        uint40 until;
        bool isDeal;
        uint32 perBuyer;
        uint48 from;
    }

    uint32 internal constant PLEDGED = 1 << 31;
    uint256 private constant MAX_PLEDGE_SECONDS = 7 days;
    uint48 internal constant UNLIMITED = type(uint48).max;

    mapping(uint256 shopId => uint32) internal _sequences;
    /// Variants of a listing are contiguous from 0, and variant 0 keeps the listing's latest version for good.
    mapping(uint256 offerId => Offer) internal _offers;
    /// Of meaning while the offer's version has the bit.
    mapping(uint256 offerId => Pledge) internal _pledges;
    /// Of listings that are deals with a limit. A listing is a deal at most once, in its first version.
    mapping(uint256 listingId => mapping(address buyer => uint256)) internal _bought;

    function _countForDeal(uint256 offerId, uint256 limit, uint256 quantity, address buyer) internal {
        uint256 listingId = offerId >> 16;
        uint256 bought = _bought[listingId][buyer] + quantity;
        require(bought <= limit, Catalog_OverLimit(listingId, limit, bought));
        _bought[listingId][buyer] = bought;
    }

    /// @dev A deal has an end, also in number. Of an unlimited offer nothing is taken.
    function _takeForDeal(uint256 from, uint48 quantity) internal {
        require(quantity != 0 && quantity != UNLIMITED, Catalog_InvalidDeal(from));
        uint48 stock = _offers[from].stock;
        if (stock == UNLIMITED) return;
        require(quantity <= stock, Catalog_SoldOut(from, stock, quantity));
        _offers[from].stock = stock - quantity;
        emit StockChanged(from, stock - quantity);
    }

    function _putBack(uint256 offerId, uint256 quantity) internal {
        Offer memory offer = _offers[offerId];
        if (offer.termsHash == 0 || offer.stock == UNLIMITED) return;
        uint256 stock = offer.stock + quantity;
        // One below the marker, so that a full shelf never turns into an unlimited one.
        uint48 left = stock < UNLIMITED ? uint48(stock) : UNLIMITED - 1;
        _offers[offerId].stock = left;
        emit StockChanged(offerId, left);
    }

    /// @dev Clears variants that an earlier version had and this one has not.
    function _clearFrom(uint256 offerId) internal {
        // Ends: at most 64 variants were ever written, and the word after them is zero.
        for (; _offers[offerId].version != 0; ++offerId) {
            _requireFree(offerId);
            delete _offers[offerId];
        }
    }

    function _versionOf(Offer memory offer) internal pure returns (uint32) {
        return offer.version & ~PLEDGED;
    }

    /// @dev Nobody's when it is over.
    function _pledgeOf(uint256 offerId) internal view returns (Pledge memory current) {
        if (_offers[offerId].version & PLEDGED == 0) return current;
        current = _pledges[offerId];
        if (block.timestamp > current.until) return Pledge(0, 0, false, 0, 0);
    }

    /// @dev Also one that is over: it stays one until its listing has a new version.
    function _isDeal(uint256 offerId) internal view returns (bool) {
        return _offers[offerId].version & PLEDGED != 0 && _pledges[offerId].isDeal;
    }

    /// @dev Of a deal.
    function _sourceOf(uint256 offerId) internal view returns (uint256) {
        return offerId >> 48 << 48 | _pledges[offerId].from;
    }

    function _requireFree(uint256 offerId) internal view {
        Pledge memory current = _pledgeOf(offerId);
        require(current.until == 0, Catalog_Pledged(offerId, current.until));
    }

    function _requireEnd(uint256 until, uint256 offerId) internal view {
        bool inTime = until > block.timestamp && until <= block.timestamp + MAX_PLEDGE_SECONDS;
        require(inTime, Catalog_InvalidPledge(offerId));
    }
}
