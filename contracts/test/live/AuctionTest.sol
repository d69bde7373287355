// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AuctionRules, AuctionStatus, Bid} from "../../src/live/IAuctions.sol";
import {Order} from "../../src/order/IOrderBook.sol";
import {AUCTION_HOUSE, OfferTerms} from "../../src/shop/ICatalog.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// @notice A market with one piece pledged to the auction house, and three bidders with purses.
abstract contract AuctionTest is MarketTest {
    uint128 internal constant START = 10e6;
    uint128 internal constant STEP = 1e6;
    uint128 internal constant PURSE = 500e6;
    uint256 internal constant GRACE = 1 hours;
    uint40 internal constant LENGTH = 2 minutes;
    uint40 internal constant LATEST = 5 minutes;
    uint16 internal constant EXTENSION = 10;

    string[3] internal names = ["ann", "bob", "cai"];
    uint40 internal begun;
    uint64 internal auctionId;

    function setUp() public virtual override {
        super.setUp();
        begun = uint40(block.timestamp);
        for (uint256 i = 0; i < 3; ++i) {
            _stake(person(names[i]), PURSE);
            _fill(names[i], PURSE);
        }
        vm.prank(seller);
        catalog.pledge(offerId, AUCTION_HOUSE, uint40(begun + 1 days));
        auctionId = _open(_rules());
    }

    function _rules() internal view returns (AuctionRules memory rules) {
        (rules.offerId, rules.version) = (offerId, 1);
        (rules.startPrice, rules.increment) = (START, STEP);
        (rules.startsAt, rules.endsAt, rules.latestEnd) = (begun, begun + LENGTH, begun + LATEST);
        rules.extendSeconds = EXTENSION;
    }

    function _sealedRules() internal view returns (AuctionRules memory rules) {
        rules = _rules();
        rules.isSealed = true;
        (rules.increment, rules.extendSeconds) = (0, 0);
    }

    function _open(AuctionRules memory rules) internal returns (uint64) {
        OfferTerms memory terms = _terms();
        vm.prank(seller);
        return auctions.open(rules, terms);
    }

    function _fill(string memory name, uint256 amount) internal {
        vm.prank(person(name));
        book.transferAndCall(
            address(token), address(auctions), amount, abi.encode(person(_keyName(name)), uint40(block.timestamp + 1 days))
        );
    }

    function _keyName(string memory name) internal pure returns (string memory) {
        return string.concat("bid key of ", name);
    }

    function _bidOf(string memory name, uint128 amount) internal view returns (Bid memory offered) {
        (offered.auctionId, offered.account, offered.key) = (auctionId, person(name), person(_keyName(name)));
        (offered.amount, offered.detailsHash) = (amount, keccak256(bytes(name)));
        offered.validBefore = uint40(block.timestamp + 1 days);
    }

    function _signed(string memory name, Bid memory offered) internal view returns (bytes memory) {
        return sign(key(_keyName(name)), auctions.digestOf(offered));
    }

    /// @dev Brought by a stranger.
    function _bid(string memory name, uint128 amount) internal {
        Bid memory offered = _bidOf(name, amount);
        bytes memory signature = _signed(name, offered);
        vm.prank(stranger);
        auctions.bid(offered, signature);
    }

    function _expectBid(string memory name, uint128 amount, bytes memory reason) internal {
        Bid memory offered = _bidOf(name, amount);
        bytes memory signature = _signed(name, offered);
        vm.expectRevert(reason);
        auctions.bid(offered, signature);
    }

    function _saltOf(string memory name) internal pure returns (bytes32) {
        return keccak256(abi.encode("salt", name));
    }

    function _seal(string memory name, uint128 price, uint128 deposit) internal {
        Bid memory offered = _bidOf(name, deposit);
        offered.commitment = keccak256(abi.encode(auctionId, person(name), price, _saltOf(name)));
        bytes memory signature = _signed(name, offered);
        auctions.bid(offered, signature);
    }

    function _show(string memory name, uint128 price) internal {
        vm.prank(stranger);
        auctions.reveal(auctionId, person(name), price, _saltOf(name));
    }

    function _finish() internal {
        OfferTerms memory terms = _terms();
        vm.prank(stranger);
        auctions.finish(auctionId, terms);
    }

    /// @dev The order that a winner must have, right after the end.
    function _won(string memory name, uint128 price) internal view returns (Order memory order) {
        (order.offerId, order.version, order.terms) = (offerId, 1, _terms());
        order.terms.unitPrice = price;
        (order.buyer, order.quantity, order.detailsHash) = (person(name), 1, keccak256(bytes(name)));
        (order.validBefore, order.salt) = (uint64(block.timestamp), keccak256(abi.encode(address(auctions), auctionId)));
    }

    function _left(string memory name) internal view returns (uint256 left) {
        (left,) = auctions.purseOf(person(name), person(_keyName(name)), address(token));
    }

    function _assertLeads(string memory name, uint128 price) internal view {
        (, address leader, uint128 current,,,) = auctions.auctionOf(auctionId);
        assertEq(leader, person(name), "leader");
        assertEq(current, price, "price");
    }

    function _assertStatus(AuctionStatus expected) internal view {
        (AuctionStatus status,,,,,) = auctions.auctionOf(auctionId);
        assertEq(uint8(status), uint8(expected), "status");
    }

    function _endsAt() internal view returns (uint40 endsAt) {
        (,,,, endsAt,) = auctions.auctionOf(auctionId);
    }
}
