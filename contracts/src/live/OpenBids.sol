// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Bid} from "./IAuctions.sol";
import {Lots} from "./Lots.sol";

/// @title OpenBids: each is a limit up to which the contract bids for its account; late ones move the end. See {IAuctions}.
abstract contract OpenBids is Lots {
    /// @dev An old bid brought again is too low: the price only rises, and is at least every bid that does not lead.
    function _offer(Auction storage auction, Bid calldata offered) internal {
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
        uint256 wanted = uint256(offered.amount) + auction.shippingPrice;
        // A bid that raises another's price must be worth as much as one that leads.
        if (!leads) _requireCovered(offered.account, offered.key, auction.currency, wanted);
        else _lead(auction, offered, wanted);
        if (!own) _extend(auction);
        emit BidPlaced(
            offered.auctionId, offered.account, offered.key, offered.amount, leads, auction.price, auction.endsAt
        );
    }

    function _lead(Auction storage auction, Bid calldata offered, uint256 held) private {
        _giveBack(auction);
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

    function _minimum(Auction storage auction, bool own) private view returns (uint256) {
        if (own) return uint256(auction.best) + 1;
        return auction.leader == address(0) ? auction.startPrice : uint256(auction.price) + auction.increment;
    }
}
