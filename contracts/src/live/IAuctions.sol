// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";
import {OfferTerms} from "../shop/ICatalog.sol";

/// @notice What a seller says of an auction before anybody bids.
struct AuctionRules {
    /// One piece of it is sold, in the version that is on sale, under its terms; only the price is found by the bids.
    uint256 offerId;
    uint32 version;
    /// Sealed: bids are hidden until the end, and the highest pays what the second highest bid.
    bool isSealed;
    /// The least that is accepted; what a single bidder pays.
    uint128 startPrice;
    /// What a bid must be above the price. Open auctions only.
    uint128 increment;
    /// When the show begins; bids are good from the moment the auction is opened. Unix seconds, as all times.
    uint40 startsAt;
    uint40 endsAt;
    /// Open: no bid ever moves the end beyond this. Sealed: until then the bids are shown.
    uint40 latestEnd;
    /// A bid later than this before the end moves the end to this long after it. 0: never, as in all sealed auctions.
    uint16 extendSeconds;
    /// Who gets the affiliate's share of the terms, such as the host of the show; zero: nobody.
    address affiliate;
}

/// @notice EIP-712: `Bid(uint64 auctionId,address account,address key,uint128 amount,bytes32 commitment,bytes32 detailsHash,uint40 validBefore)`.
struct Bid {
    uint64 auctionId;
    address account;
    /// Whose purse is bid from, and who signs.
    address key;
    /// Open: the most that the account pays for the piece; it never pays more than is needed to lead. Sealed: the deposit, delivery included.
    uint128 amount;
    /// Sealed: `keccak256(abi.encode(auctionId, account, price, salt))`. Open: zero.
    bytes32 commitment;
    /// Of the order that is placed if the bid wins: H(256-bit salt ‖ delivery details), zero when there are none.
    bytes32 detailsHash;
    /// After this the bid is not taken any more.
    uint40 validBefore;
}

/// @notice `Unsold`: nobody bid, the seller withdrew it before anybody did, or its order could not be placed.
enum AuctionStatus {
    None,
    Running,
    Sold,
    Unsold
}

/// @title Auctions of one piece each, whose bids are covered and whose order is placed by itself.
/// @notice An account puts money into a purse, which one key can bid with and do nothing else. What leads is held: it is in nobody's
/// purse until it is outbid, which gives it back in the same call, or until it pays for the order. Nobody bids what is not there, and
/// whoever loses has everything back. The account empties its purse whenever it likes; what is held stays held.
/// The piece is pledged to the auction house beforehand ({ICatalog.pledge}); its seller cannot end that pledge, so it is there when the auction ends.
/// @dev This contract's balance in the vault is, per token, the sum of all purses and all that is held.
interface IAuctions is IPaymentReceiver {
    event AuctionOpened(uint64 indexed auctionId, uint256 indexed offerId, address indexed currency, AuctionRules rules);
    /// @param leads Whether the bid is the highest now; if not, the price is what the leader pays for still leading.
    event BidPlaced(
        uint64 indexed auctionId, address indexed account, address key, uint128 amount, bool leads, uint128 price, uint40 endsAt
    );
    event BidSealed(uint64 indexed auctionId, address indexed account, address key, uint128 deposit);
    /// @param amount What was bid; 0 when the deposit does not cover it, which is no bid at all.
    event BidRevealed(uint64 indexed auctionId, address indexed account, uint128 amount, bool leads, uint128 price);
    /// @notice A sealed bid that was never shown is over: its deposit is in its purse again.
    event DepositReturned(uint64 indexed auctionId, address indexed account);
    /// @notice The order stands. What the winner had held beyond `total` is in its purse.
    event AuctionWon(
        uint64 indexed auctionId, address indexed account, bytes32 indexed orderId, address key, address token, uint128 price, uint256 total
    );
    event AuctionUnsold(uint64 indexed auctionId);
    /// @notice `amount` came in; `validUntil` is the purse's end now.
    event PurseOpened(address indexed account, address indexed key, address indexed token, uint128 amount, uint40 validUntil);
    /// @notice What the purse has that is not held.
    event PurseChanged(address indexed account, address indexed key, address indexed token, uint128 left);
    /// @notice All that the purse had is in the account's balance again.
    event PurseEmptied(address indexed account, address indexed key, address indexed token, uint128 amount);

    error Auctions_NotOrderBook(address caller);
    error Auctions_Unauthorized(uint256 shopId, address caller);
    /// @notice Thrown when times, prices or the affiliate cannot be honoured, see {open}.
    error Auctions_InvalidRules();
    /// @notice Thrown when the offer is not on sale in this version and under these terms, has nothing left, is not pledged to the
    /// auction house for long enough, or is at auction already.
    error Auctions_NotOnOffer(uint256 offerId);
    error Auctions_NotRunning(uint64 auctionId);
    /// @notice Thrown when something comes before it may: ending an auction, showing a sealed bid, emptying somebody else's purse.
    error Auctions_TooEarly(uint256 from);
    /// @notice Thrown when something comes after it could have: a bid, or showing one.
    error Auctions_TooLate(uint256 until);
    /// @notice Thrown when a bid is below `minimum`: the start price, or the price and the increment, or the bidder's own last bid.
    error Auctions_TooLow(uint256 minimum);
    /// @notice Thrown when the purse has less than the bid and delivery.
    error Auctions_NotCovered(uint256 left, uint256 wanted);
    /// @notice Thrown when the shop's own people bid, or the arbitrator of the terms, who can buy nothing under them.
    error Auctions_OwnAuction(address account);
    /// @notice Thrown for a second sealed bid of an account, a sealed bid in an open auction, and the other way round.
    error Auctions_WrongBid();
    /// @notice Thrown when what is shown is not what was sealed, or nothing was.
    error Auctions_WrongSeal(address account);
    error Auctions_InvalidSignature(address signer);
    /// @notice Thrown for the zero key, a sum of zero or above 128 bits, and an end that is past, more than 30 days away or earlier than before.
    error Auctions_InvalidPurse();
    /// @notice Thrown when the seller wants to withdraw what somebody has bid on.
    error Auctions_HasBids(uint64 auctionId);

    /// @notice Puts one piece up for auction. Catalogue role. The offer must be pledged to the auction house until an hour after
    /// `latestEnd`. At most six days long; sealed bids are shown during 30 seconds to a day.
    /// @param terms Of the offer, as they are on sale.
    function open(AuctionRules calldata rules, OfferTerms calldata terms) external returns (uint64 auctionId);

    /// @notice Withdraws an auction that nobody has bid in. Catalogue role. The pledge runs to its end; until then the
    /// piece can be put up again.
    function cancel(uint64 auctionId) external;

    /// @notice Brings a bid that its key has signed. Anyone may. Good until the end.
    function bid(Bid calldata offered, bytes calldata signature) external;

    /// @notice Shows what an account has bid sealed, between the end and the latest end. Anyone who knows it may.
    function reveal(uint64 auctionId, address account, uint128 amount, bytes32 salt) external;

    /// @notice Gives the deposit of a sealed bid that was never shown back to its purse, once the auction is over. Anyone may.
    function reclaim(uint64 auctionId, address account) external;

    /// @notice Ends an auction whose time is over, or whose sealed bids have all been shown: places the winner's order, or says that it
    /// is unsold. Anyone may.
    /// @param terms Of the offer, as they were when the auction was opened.
    function finish(uint64 auctionId, OfferTerms calldata terms) external;

    /// @notice Gives the winner its money back when the order could not be placed within an hour after the latest end. Anyone may.
    function giveUp(uint64 auctionId) external;

    /// @notice Pays what a purse has that is not held back into its account's balance. The account whenever it likes, and at once;
    /// anyone once the purse is over.
    function empty(address account, address key, address token) external;

    function purseOf(address account, address key, address token) external view returns (uint128 left, uint40 validUntil);

    /// @return status See {AuctionStatus}.
    /// @return leader Zero: nobody yet.
    /// @return price What the leader would pay; of a sealed auction once bids are shown.
    /// @return held What the leader has set aside for it, delivery included.
    function auctionOf(uint64 auctionId)
        external
        view
        returns (AuctionStatus status, address leader, uint128 price, uint128 held, uint40 endsAt, uint40 latestEnd);

    /// @notice What an account has set aside for a sealed bid that is not shown yet.
    function depositOf(uint64 auctionId, address account) external view returns (uint128 deposit);

    /// @notice EIP-712 digest that a key signs. Domain "Kaishi Auctions", version "1".
    function digestOf(Bid calldata offered) external view returns (bytes32);
}
