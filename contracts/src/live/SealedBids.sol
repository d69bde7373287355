// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AuctionStatus, Bid, IAuctions} from "./IAuctions.sol";
import {Lots} from "./Lots.sol";

/// @title SealedBids: hidden until the end, shown until the latest end; the highest pays what the second bid. See {IAuctions}.
abstract contract SealedBids is Lots {
    struct Sealed {
        bytes32 commitment;
        bytes32 detailsHash;
        address key;
        uint128 deposit;
    }

    mapping(uint64 auctionId => mapping(address account => Sealed)) private _sealed;

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
    function depositOf(uint64 auctionId, address account) external view returns (uint128 deposit) {
        return _sealed[auctionId][account].deposit;
    }

    /// @dev The deposit leaves the purse; what was bid nobody knows.
    function _seal(Auction storage auction, Bid calldata offered) internal {
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
}
