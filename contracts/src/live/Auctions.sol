// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IParameters} from "../governance/IParameters.sol";
import {IOrderBook, Order} from "../order/IOrderBook.sol";
import {ICatalog, OfferTerms} from "../shop/ICatalog.sol";
import {IShop} from "../shop/IShop.sol";
import {Roles} from "../shop/Roles.sol";
import {Terms} from "../shop/Terms.sol";
import {AuctionStatus, Bid, IAuctions} from "./IAuctions.sol";
import {Lots} from "./Lots.sol";
import {OpenBids} from "./OpenBids.sol";
import {Purses} from "./Purses.sol";
import {SealedBids} from "./SealedBids.sol";

/// @title Auctions: see {IAuctions}. Here bids come in, and winners get their orders.
contract Auctions is OpenBids, SealedBids, EIP712 {
    using Terms for OfferTerms;

    bytes32 private constant BID_TYPEHASH = keccak256(
        "Bid(uint64 auctionId,address account,address key,uint128 amount,bytes32 commitment,bytes32 detailsHash,uint40 validBefore)"
    );

    IParameters public immutable parameters;

    constructor(IOrderBook orderBook_, ICatalog catalog_, IShop shop_, IParameters parameters_, address forwarder)
        EIP712("Kaishi Auctions", "1")
        ERC2771Context(forwarder)
        Purses(orderBook_)
        Lots(catalog_, shop_)
    {
        parameters = parameters_;
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
    function digestOf(Bid calldata offered) external view returns (bytes32) {
        return _digest(offered);
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

    function _requireSignature(Bid calldata offered, bytes calldata signature) private view {
        (address signer, ECDSA.RecoverError failed,) = ECDSA.tryRecoverCalldata(_digest(offered), signature);
        bool signed = failed == ECDSA.RecoverError.NoError && signer == offered.key;
        require(signed, Auctions_InvalidSignature(offered.key));
    }

    function _digest(Bid calldata offered) private view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(BID_TYPEHASH, offered)));
    }
}
