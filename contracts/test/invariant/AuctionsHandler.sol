// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Auctions} from "../../src/live/Auctions.sol";
import {AuctionRules, AuctionStatus, Bid, IAuctions} from "../../src/live/IAuctions.sol";
import {OrderBook} from "../../src/order/OrderBook.sol";
import {TestToken} from "../../src/platform/TestToken.sol";
import {Catalog} from "../../src/shop/Catalog.sol";
import {AUCTION_HOUSE, OfferTerms} from "../../src/shop/ICatalog.sol";
import {Test} from "../support/Test.sol";

/// @notice Auctions of two offers, bid in by three people at random, with second books on everybody's money.
contract AuctionsHandler is Test {
    OrderBook public immutable book;
    Auctions public immutable auctions;
    Catalog public immutable catalog;
    TestToken public immutable token;
    address private immutable _seller = person("seller");

    uint256[2] public offers;
    bytes private _terms;
    /// The newest auction of each offer; 0: none yet.
    uint64[2] public running;
    uint64 public opened;
    /// All that came into purses, and what orders and withdrawals took out again.
    uint256 public putIn;
    uint256 public takenOut;
    uint256 public sold;
    uint256 public bids;
    uint256 public reveals;
    uint256 public violations;
    /// What each sealed, so that it can be shown.
    mapping(uint64 auctionId => mapping(uint256 who => uint128)) private _sealed;

    constructor(OrderBook book_, Auctions auctions_, TestToken token_, uint256[2] memory offers_, OfferTerms memory terms) {
        (book, auctions, catalog, token) = (book_, auctions_, Catalog(address(book_.catalog())), token_);
        (offers, _terms) = (offers_, abi.encode(terms));
    }

    function open(uint256 which, uint64 price, uint16 length, bool isSealed) external {
        which = which % 2;
        uint40 now_ = uint40(block.timestamp);
        AuctionRules memory rules;
        (rules.offerId, rules.version, rules.startPrice) = (offers[which], 1, uint128(1 + price % 50e6));
        (rules.startsAt, rules.endsAt) = (now_, now_ + 1 + length % 600);
        (rules.isSealed, rules.latestEnd) = (isSealed, rules.endsAt + 60);
        if (!isSealed) (rules.increment, rules.extendSeconds) = (1e6, 10);
        vm.prank(_seller);
        (bool kept,) = address(catalog).call(abi.encodeCall(catalog.pledge, (rules.offerId, AUCTION_HOUSE, now_ + 1 days)));
        vm.prank(_seller);
        (bool done,) = address(auctions).call(abi.encodeCall(IAuctions.open, (rules, abi.decode(_terms, (OfferTerms)))));
        if (!done) return;
        // Never two at once of one offer.
        if (!kept && _status(running[which]) == AuctionStatus.Running) ++violations;
        if (running[which] != 0 && _status(running[which]) == AuctionStatus.Running) ++violations;
        (running[which], opened) = (opened + 1, opened + 1);
    }

    function fill(uint256 who, uint64 amount) external {
        uint256 sum = 1 + amount % 200e6;
        token.mint(address(this), sum);
        token.approve(address(book), sum);
        book.deposit(_person(who), address(token), sum);
        vm.prank(_person(who));
        book.transferAndCall(address(token), address(auctions), sum, abi.encode(_key(who), uint40(block.timestamp + 7 days)));
        putIn += sum;
    }

    function empty(uint256 who, bool bySelf) external {
        uint256 before = book.balanceOf(_person(who), address(token));
        vm.prank(bySelf ? _person(who) : person("stranger"));
        try auctions.empty(_person(who), _key(who), address(token)) {
            takenOut += book.balanceOf(_person(who), address(token)) - before;
        } catch {}
    }

    function bid(uint256 which, uint256 who, uint64 amount, uint64 hidden) external {
        uint64 auctionId = running[which % 2];
        Bid memory offered;
        (offered.auctionId, offered.account, offered.key) = (auctionId, _person(who), _key(who));
        (offered.amount, offered.validBefore) = (uint128(amount % 250e6), uint40(block.timestamp));
        uint128 price = uint128(hidden % 250e6);
        bool secret = hidden % 3 == 0;
        if (secret) offered.commitment = keccak256(abi.encode(auctionId, _person(who), price, bytes32(0)));
        bytes memory signature = sign(_secret(who), auctions.digestOf(offered));
        (uint128 left,) = auctions.purseOf(_person(who), _key(who), address(token));
        (, address leader,, uint128 held,,) = auctions.auctionOf(auctionId);
        if (leader == _person(who)) left += held;
        try auctions.bid(offered, signature) {
            ++bids;
            // No bid without funds.
            if (offered.amount > left) ++violations;
            if (secret) _sealed[auctionId][who % 3] = price;
        } catch {}
    }

    function reveal(uint256 which, uint256 who) external {
        uint64 auctionId = running[which % 2];
        vm.prank(person("stranger"));
        try auctions.reveal(auctionId, _person(who), _sealed[auctionId][who % 3], 0) {
            ++reveals;
        } catch {}
    }

    function finish(uint256 which) external {
        which = which % 2;
        uint64 auctionId = running[which];
        (AuctionStatus status, address leader, uint128 price,,,) = auctions.auctionOf(auctionId);
        (, uint48 stock,) = catalog.offerOf(offers[which]);
        OfferTerms memory terms = abi.decode(_terms, (OfferTerms));
        vm.prank(person("stranger"));
        try auctions.finish(auctionId, terms) {
            // No double win.
            if (status != AuctionStatus.Running) ++violations;
            if (leader == address(0)) return;
            (, uint48 left,) = catalog.offerOf(offers[which]);
            if (left + 1 != stock) ++violations;
            ++sold;
            takenOut += price + terms.shippingPrice;
        } catch {}
    }

    function giveUp(uint256 which) external {
        try auctions.giveUp(running[which % 2]) {} catch {}
    }

    function reclaim(uint64 auctionId, uint256 who) external {
        if (opened == 0) return;
        try auctions.reclaim(1 + auctionId % opened, _person(who)) {} catch {}
    }

    /// Mostly seconds; seldom days.
    function pass(uint256 time, uint8 kind) external {
        vm.warp(block.timestamp + bound(time, 1, kind % 16 == 0 ? 2 days : kind % 4 == 0 ? 20 minutes : 30));
    }

    /// @return sum Of all purses, and of what leads or is sealed.
    function owned() external view returns (uint256 sum) {
        for (uint256 who = 0; who < 3; ++who) {
            (uint128 left,) = auctions.purseOf(_person(who), _key(who), address(token));
            sum += left;
            for (uint64 id = 1; id <= opened; ++id) sum += auctions.depositOf(id, _person(who));
        }
        for (uint64 id = 1; id <= opened; ++id) {
            (,,, uint128 held,,) = auctions.auctionOf(id);
            sum += held;
        }
    }

    function _status(uint64 auctionId) private view returns (AuctionStatus status) {
        (status,,,,,) = auctions.auctionOf(auctionId);
    }

    function _person(uint256 who) private pure returns (address) {
        return person(who % 3 == 0 ? "ann" : who % 3 == 1 ? "bob" : "cai");
    }

    function _secret(uint256 who) private pure returns (uint256) {
        return key(who % 3 == 0 ? "key of ann" : who % 3 == 1 ? "key of bob" : "key of cai");
    }

    function _key(uint256 who) private pure returns (address) {
        return vm.addr(_secret(who));
    }
}
