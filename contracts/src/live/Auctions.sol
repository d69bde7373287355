// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IParameters} from "../governance/IParameters.sol";
import {IOrderBook, Order} from "../order/IOrderBook.sol";
import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";
import {AUCTION_HOUSE, ICatalog, OfferTerms} from "../shop/ICatalog.sol";
import {IShop} from "../shop/IShop.sol";
import {Roles} from "../shop/Roles.sol";
import {Terms} from "../shop/Terms.sol";
import {AuctionRules, AuctionStatus, Bid, IAuctions} from "./IAuctions.sol";

/// @title Auctions: see {IAuctions}.
contract Auctions is IAuctions, EIP712, ERC2771Context {
    using Terms for OfferTerms;

    struct Purse {
        uint128 left;
        uint40 validUntil;
    }

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

    struct Sealed {
        bytes32 commitment;
        bytes32 detailsHash;
        address key;
        uint128 deposit;
    }

    bytes32 private constant BID_TYPEHASH = keccak256(
        "Bid(uint64 auctionId,address account,address key,uint128 amount,bytes32 commitment,bytes32 detailsHash,uint40 validBefore)"
    );
    uint256 private constant MAX_PURSE_SECONDS = 30 days;
    uint256 private constant MAX_SECONDS = 6 days;
    uint256 private constant MIN_REVEAL_SECONDS = 30 seconds;
    uint256 private constant MAX_REVEAL_SECONDS = 1 days;
    /// How long a winner's order is tried.
    uint256 private constant GRACE_SECONDS = 1 hours;

    IOrderBook public immutable orderBook;
    ICatalog public immutable catalog;
    IShop public immutable shop;
    IParameters public immutable parameters;

    uint64 private _last;
    mapping(uint64 auctionId => Auction) private _auctions;
    /// The running auction of an offer: a piece is never promised twice.
    mapping(uint256 offerId => uint64 auctionId) private _running;
    mapping(uint64 auctionId => mapping(address account => Sealed)) private _sealed;
    mapping(address account => mapping(address key => mapping(address token => Purse))) private _purses;

    constructor(IOrderBook orderBook_, ICatalog catalog_, IShop shop_, IParameters parameters_, address forwarder)
        EIP712("Kaishi Auctions", "1")
        ERC2771Context(forwarder)
    {
        (orderBook, catalog, shop, parameters) = (orderBook_, catalog_, shop_, parameters_);
    }

    /// @inheritdoc IPaymentReceiver
    /// @dev Compares the bare sender: the order book never speaks through a forwarder.
    function onPaid(address from, address token, uint256 amount, bytes calldata data) external returns (bytes4) {
        require(msg.sender == address(orderBook), Auctions_NotOrderBook(msg.sender));
        (address key, uint40 validUntil) = abi.decode(data, (address, uint40));
        Purse memory purse = _purses[from][key][token];
        bool inTime = validUntil > block.timestamp && validUntil <= block.timestamp + MAX_PURSE_SECONDS;
        bool fits = amount != 0 && amount <= type(uint128).max - purse.left;
        require(key != address(0) && fits && inTime && validUntil >= purse.validUntil, Auctions_InvalidPurse());
        emit PurseOpened(from, key, token, uint128(amount), validUntil);
        _purses[from][key][token].validUntil = validUntil;
        _setLeft(from, key, token, purse.left + uint128(amount));
        return IPaymentReceiver.onPaid.selector;
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
    function bid(Bid calldata offered, bytes calldata signature) external {
        Auction storage auction = _runningOf(offered.auctionId);
        uint256 until = auction.endsAt;
        if (offered.validBefore < until) until = uint256(offered.validBefore) + 1;
        require(block.timestamp < until, Auctions_TooLate(until));
        _requireSignature(offered, signature);
        bool own = offered.account == auction.arbitrator || shop.can(auction.offerId >> 48, offered.account, Roles.CATALOGUE);
        require(!own, Auctions_OwnAuction(offered.account));
        require(auction.isSealed == (offered.commitment != 0), Auctions_WrongBid());
        if (auction.isSealed) _seal(auction, offered);
        else _offer(auction, offered);
    }

    /// @inheritdoc IAuctions
    function reveal(uint64 auctionId, address account, uint128 amount, bytes32 salt) external {
        Auction storage auction = _runningOf(auctionId);
        require(auction.isSealed && block.timestamp >= auction.endsAt, Auctions_TooEarly(auction.endsAt));
        require(block.timestamp < auction.latestEnd, Auctions_TooLate(auction.latestEnd));
        Sealed memory one = _sealed[auctionId][account];
        bytes32 commitment = keccak256(abi.encode(auctionId, account, amount, salt));
        require(one.deposit != 0 && one.commitment == commitment, Auctions_WrongSeal(account));
        delete _sealed[auctionId][account];
        ++auction.reveals;

        // Nobody can bid more than is there; who says so has not bid.
        if (uint256(amount) + auction.shippingPrice > one.deposit) amount = 0;
        bool leads = amount >= auction.startPrice && amount > auction.best;
        if (leads) {
            // The second highest bid is the price; there is none before the first.
            if (auction.leader != address(0)) auction.price = auction.best;
            _giveBack(auction);
            (auction.leader, auction.leaderKey, auction.detailsHash) = (account, one.key, one.detailsHash);
            (auction.best, auction.held) = (amount, one.deposit);
        } else {
            if (amount > auction.price) auction.price = amount;
            _return(account, one.key, auction.currency, one.deposit);
        }
        emit BidRevealed(auctionId, account, amount, leads, auction.price);
    }

    /// @inheritdoc IAuctions
    function reclaim(uint64 auctionId, address account) external {
        Auction storage auction = _auctions[auctionId];
        Sealed memory one = _sealed[auctionId][account];
        require(one.deposit != 0, Auctions_WrongSeal(account));
        bool isOver = auction.status != AuctionStatus.Running || block.timestamp >= auction.latestEnd;
        require(isOver, Auctions_TooEarly(auction.latestEnd));
        delete _sealed[auctionId][account];
        emit DepositReturned(auctionId, account);
        _return(account, one.key, auction.currency, one.deposit);
    }

    /// @inheritdoc IAuctions
    /// @dev Reverts when the order cannot be placed: whoever calls with too little gas has not ended anything.
    function finish(uint64 auctionId, OfferTerms calldata terms) external {
        Auction storage auction = _runningOf(auctionId);
        uint256 from = auction.isSealed && auction.reveals != auction.commits ? auction.latestEnd : auction.endsAt;
        require(block.timestamp >= from, Auctions_TooEarly(from));
        address leader = auction.leader;
        if (leader == address(0)) return _endUnsold(auctionId, auction);
        require(terms.hash() == auction.termsHash, Auctions_NotOnOffer(auction.offerId));

        (auction.status, _running[auction.offerId]) = (AuctionStatus.Sold, 0);
        uint256 total = uint256(auction.price) + auction.shippingPrice;
        // Cannot underflow: what is held covers the bid and delivery, and the price is at most the bid.
        auction.held -= uint128(total);
        _giveBack(auction);
        bytes32 orderId = orderBook.placeWon(_orderOf(auctionId, auction, terms), auction.termsHash);
        emit AuctionWon(auctionId, leader, orderId, auction.leaderKey, auction.currency, auction.price, total);
    }

    /// @inheritdoc IAuctions
    function giveUp(uint64 auctionId) external {
        Auction storage auction = _runningOf(auctionId);
        uint256 from = auction.latestEnd + GRACE_SECONDS;
        require(block.timestamp >= from, Auctions_TooEarly(from));
        _giveBack(auction);
        _endUnsold(auctionId, auction);
    }

    /// @inheritdoc IAuctions
    function empty(address account, address key, address token) external {
        Purse memory purse = _purses[account][key][token];
        bool mayNow = _msgSender() == account || block.timestamp > purse.validUntil;
        require(mayNow, Auctions_TooEarly(purse.validUntil));
        require(purse.left != 0, Auctions_InvalidPurse());
        emit PurseEmptied(account, key, token, purse.left);
        _setLeft(account, key, token, 0);
        orderBook.transfer(token, account, purse.left);
    }

    /// @inheritdoc IAuctions
    function purseOf(address account, address key, address token) external view returns (uint128 left, uint40 validUntil) {
        Purse memory purse = _purses[account][key][token];
        return (purse.left, purse.validUntil);
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

    /// @inheritdoc IAuctions
    function depositOf(uint64 auctionId, address account) external view returns (uint128 deposit) {
        return _sealed[auctionId][account].deposit;
    }

    /// @inheritdoc IAuctions
    function digestOf(Bid calldata offered) external view returns (bytes32) {
        return _digest(offered);
    }

    /// @dev The deposit leaves the purse; what was bid nobody knows.
    function _seal(Auction storage auction, Bid calldata offered) private {
        Sealed storage one = _sealed[offered.auctionId][offered.account];
        require(one.deposit == 0, Auctions_WrongBid());
        uint256 least = uint256(auction.startPrice) + auction.shippingPrice;
        require(offered.amount >= least, Auctions_TooLow(least));
        _take(offered.account, offered.key, auction.currency, offered.amount);
        (one.commitment, one.detailsHash) = (offered.commitment, offered.detailsHash);
        (one.key, one.deposit) = (offered.key, offered.amount);
        ++auction.commits;
        emit BidSealed(offered.auctionId, offered.account, offered.key, offered.amount);
    }

    /// @dev An old bid brought again is too low: the price only rises, and is at least every bid that does not lead.
    function _offer(Auction storage auction, Bid calldata offered) private {
        (address leader, uint256 best) = (auction.leader, auction.best);
        bool own = leader == offered.account;
        uint256 minimum = _minimum(auction, own);
        require(offered.amount >= minimum, Auctions_TooLow(minimum));
        bool leads = offered.amount > best;
        if (!own && leader != address(0)) {
            // The lower of the two bids and one increment, and never more than the higher one has offered.
            (uint256 lower, uint256 higher) = leads ? (best, uint256(offered.amount)) : (uint256(offered.amount), best);
            uint256 price = lower + auction.increment;
            auction.price = uint128(price < higher ? price : higher);
        }
        if (leads) _lead(auction, offered);
        else _requireCovered(auction, offered);
        if (!own) _extend(auction);
        emit BidPlaced(
            offered.auctionId, offered.account, offered.key, offered.amount, leads, auction.price, auction.endsAt
        );
    }

    function _lead(Auction storage auction, Bid calldata offered) private {
        _giveBack(auction);
        uint256 held = uint256(offered.amount) + auction.shippingPrice;
        _take(offered.account, offered.key, auction.currency, held);
        (auction.leader, auction.leaderKey, auction.detailsHash) = (offered.account, offered.key, offered.detailsHash);
        // Fits: the purse had it.
        (auction.best, auction.held) = (offered.amount, uint128(held));
    }

    /// @dev A later end only: whoever bids early leaves the clock alone.
    function _extend(Auction storage auction) private {
        uint256 end = block.timestamp + auction.extendSeconds;
        if (end > auction.latestEnd) end = auction.latestEnd;
        if (end > auction.endsAt) auction.endsAt = uint40(end);
    }

    function _endUnsold(uint64 auctionId, Auction storage auction) private {
        (auction.status, _running[auction.offerId]) = (AuctionStatus.Unsold, 0);
        emit AuctionUnsold(auctionId);
    }

    /// @dev What the leader has held goes back to its purse, at once: a bid that does not lead binds nothing.
    function _giveBack(Auction storage auction) private {
        uint128 held = auction.held;
        if (held == 0) return;
        auction.held = 0;
        _return(auction.leader, auction.leaderKey, auction.currency, held);
    }

    function _return(address account, address key, address token, uint128 amount) private {
        // Cannot overflow: all purses of a token together are at most what the vault holds of it, see {onPaid}.
        unchecked {
            _setLeft(account, key, token, _purses[account][key][token].left + amount);
        }
    }

    function _take(address account, address key, address token, uint256 amount) private {
        Purse memory purse = _purses[account][key][token];
        require(block.timestamp <= purse.validUntil, Auctions_TooLate(purse.validUntil));
        require(amount <= purse.left, Auctions_NotCovered(purse.left, amount));
        // Cannot underflow, and the amount fits: it is at most what is left.
        unchecked {
            _setLeft(account, key, token, purse.left - uint128(amount));
        }
    }

    function _setLeft(address account, address key, address token, uint128 left) private {
        _purses[account][key][token].left = left;
        emit PurseChanged(account, key, token, left);
    }

    /// @dev Under the listed terms but for the price.
    function _orderOf(uint64 auctionId, Auction storage auction, OfferTerms calldata terms)
        private
        view
        returns (Order memory order)
    {
        (order.offerId, order.version, order.terms) = (auction.offerId, auction.version, terms);
        order.terms.unitPrice = auction.price;
        (order.buyer, order.quantity) = (auction.leader, 1);
        // The winner gets no share of its own order.
        if (auction.affiliate != auction.leader) order.affiliate = auction.affiliate;
        (,, order.feeBps) = parameters.check(auction.currency, terms.arbitrator);
        order.detailsHash = auction.detailsHash;
        order.validBefore = uint64(block.timestamp);
        order.salt = keccak256(abi.encode(address(this), auctionId));
    }

    function _minimum(Auction storage auction, bool own) private view returns (uint256) {
        if (own) return uint256(auction.best) + 1;
        return auction.leader == address(0) ? auction.startPrice : uint256(auction.price) + auction.increment;
    }

    /// @dev A bid that raises another's price must be worth as much as one that leads.
    function _requireCovered(Auction storage auction, Bid calldata offered) private view {
        Purse memory purse = _purses[offered.account][offered.key][auction.currency];
        uint256 wanted = uint256(offered.amount) + auction.shippingPrice;
        require(block.timestamp <= purse.validUntil, Auctions_TooLate(purse.validUntil));
        require(wanted <= purse.left, Auctions_NotCovered(purse.left, wanted));
    }

    function _runningOf(uint64 auctionId) private view returns (Auction storage auction) {
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

    function _requireSignature(Bid calldata offered, bytes calldata signature) private view {
        (address signer, ECDSA.RecoverError failed,) = ECDSA.tryRecoverCalldata(_digest(offered), signature);
        bool signed = failed == ECDSA.RecoverError.NoError && signer == offered.key;
        require(signed, Auctions_InvalidSignature(offered.key));
    }

    function _digest(Bid calldata offered) private view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(BID_TYPEHASH, offered)));
    }
}
