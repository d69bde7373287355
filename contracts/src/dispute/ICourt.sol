// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IArbitration, Side} from "../order/IArbitration.sol";
import {Order} from "../order/IOrderBook.sol";
import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";
import {IArbitratorView} from "./IErc792.sol";
import {IEvidence} from "./IErc1497.sol";
import {IFeeInsurance} from "./IFeeInsurance.sol";
import {IJury} from "./IJury.sol";

/// @notice Where a dispute stands. Each round runs Evidence → Commit → Reveal → Appeal; an appeal starts the next round.
enum Phase {
    None,
    /// One side has paid its fee; the order book gives the other three days.
    Contested,
    /// Both have paid. Evidence is taken, and the panel is drawn. The period starts when {ICourt.draw} first asks for a panel.
    Evidence,
    Commit,
    Reveal,
    /// The round's ruling stands unless an appeal is paid for.
    Appeal,
    /// The ruling is final and waits for {ICourt.execute}.
    Decided,
    /// The order left without a ruling; fees have gone back.
    Closed,
    /// The ruling has been carried out; fees have gone back.
    Executed
}

/// @notice What a panel rules. `None`: a tie, or nobody voted.
enum Choice {
    None,
    Buyer,
    Seller,
    Even
}

/// @notice How long each period of a round lasts, in seconds.
struct Timing {
    uint32 evidenceSeconds;
    uint32 commitSeconds;
    uint32 revealSeconds;
    uint32 appealSeconds;
}

/// @notice What judging costs in one currency, and from which value on it takes longer.
struct Tariff {
    /// Each juror earns at least this much, in base units: what keeps worthless orders from being disputed for sport.
    uint80 minFee;
    /// What each juror earns of what is at stake.
    uint16 feeBps;
    /// Below it an order is judged at the timing of tier 0.
    uint128 smallBelow;
    /// Below it at that of tier 1, from it on at that of tier 2.
    uint128 mediumBelow;
}

/// @notice A dispute as it stands.
struct DisputeView {
    bytes32 orderId;
    address buyer;
    uint256 shopId;
    address currency;
    /// What one seat earns, in base units. Each side's first fee is three times that.
    uint256 feePerJuror;
    Phase phase;
    Side opener;
    bool buyerPaid;
    bool sellerPaid;
    /// The insurance stands in for the buyer's fee; then `buyerPaid` is false.
    bool insured;
    uint8 tier;
    /// 0 for the first panel, 1 and 2 for appeals.
    uint8 round;
    /// When the present period ends; zero when none runs.
    uint40 deadline;
    /// The block whose hash draws the panel; zero when none is awaited.
    uint64 pinnedBlock;
    uint64 ticket;
    /// Of the last round that has one.
    Choice ruling;
}

/// @notice One round of a dispute: a panel and its votes. One storage word.
struct Round {
    uint8 seats;
    uint8 commits;
    uint8 reveals;
    uint8 forBuyer;
    uint8 forSeller;
    uint8 forEven;
    Choice ruling;
    /// Its jurors are paid and free.
    bool settled;
    /// The order's step when the panel was drawn: while it stands, the order is still before the court.
    uint32 step;
}

/// @title The house court: jurors drawn by stake judge orders whose terms name this contract.
/// @notice It reaches the money of an order through one door only, `IOrderBook.rule`, once per dispute. What it holds itself
/// are fees and appeal contributions, in its own balance inside the vault; stakes are its {IJury}'s.
/// `disputeId` is the order's id as a number, plus the number of earlier disputes about the same order.
/// Contributions to a side's appeal arrive through `IVault.transferAndCall` with `abi.encode(uint256 disputeId, Side side)` as data.
/// Votes: a juror commits `keccak256(abi.encode(disputeId, round, juror, choice, salt))`, then reveals choice and salt.
interface ICourt is IArbitration, IPaymentReceiver, IArbitratorView, IEvidence {
    /// @param fee What the opener owes: zero when the insurance stands in. It is the side's account that pays and is paid back.
    event DisputeOpened(
        uint256 indexed disputeId,
        bytes32 indexed orderId,
        Side side,
        uint256 atStake,
        uint256 feePerJuror,
        uint8 tier,
        uint256 fee,
        bool insured
    );
    event DisputeJoined(uint256 indexed disputeId, Side side, uint256 fee, bool insured);
    /// @notice A panel is awaited: the hash of `pinnedBlock` draws it. Panels are drawn in the order of their tickets.
    /// @param deadline End of the evidence period.
    event DrawPinned(uint256 indexed disputeId, uint8 round, uint64 ticket, uint64 pinnedBlock, uint40 deadline);
    /// @notice Fewer than three jurors could be drawn; {draw} pins another block when there are more.
    event DrawPostponed(uint256 indexed disputeId, uint8 round, uint256 available);
    event JurorDrawn(uint256 indexed disputeId, uint8 round, uint8 seat, address indexed juror);
    /// @param seed Hash of the pinned block, dispute and round: with the stakes before it, whoever doubts the draw can repeat it.
    event PanelDrawn(uint256 indexed disputeId, uint8 round, uint8 seats, bytes32 seed);
    event PeriodPassed(uint256 indexed disputeId, uint8 round, Phase phase, uint40 deadline);
    event VoteCommitted(uint256 indexed disputeId, uint8 round, uint8 seat, address indexed juror, bytes32 commitment);
    event VoteRevealed(
        uint256 indexed disputeId, uint8 round, uint8 seat, address indexed juror, Choice choice, string reason
    );
    /// @notice A round has ruled. `Ruling` of ERC-792 follows when it is carried out.
    event RoundRuled(uint256 indexed disputeId, uint8 round, Choice ruling, uint8 forBuyer, uint8 forSeller, uint8 forEven);
    /// @param side Whom the contribution supports.
    event AppealContributed(
        uint256 indexed disputeId, uint8 round, Side side, address indexed contributor, uint256 amount, uint256 total
    );
    /// @notice The next panel is paid for.
    event Appealed(uint256 indexed disputeId, uint8 round, uint8 seats, uint256 cost);
    /// @notice What remains of an appeal's contributions has been given to one who contributed; zero is the loser's.
    event ContributionSettled(
        uint256 indexed disputeId, uint8 round, Side side, address indexed contributor, uint256 amount
    );
    /// @notice Carried out.
    event Ruling(address indexed arbitrable, uint256 indexed disputeId, uint256 ruling);
    /// @notice The end: by ruling (`executed`), or because the order left without one. Each side's account got its fee less its
    /// cost; an insured buyer's cost is the insurance's.
    /// @param outcome Who won, and so does not pay the court.
    event DisputeClosed(
        uint256 indexed disputeId, Choice outcome, bool executed, uint256 buyerCost, uint256 sellerCost
    );
    /// @notice A juror who was coherent with the final ruling (or who voted, when the order left without one) earned its fee.
    event JurorPaid(uint256 indexed disputeId, uint8 round, uint8 seat, address indexed juror, uint256 fee);
    /// @notice The round's jurors are paid and their stakes free. After a ruling, all others of the panel lost {IJury.penalty}.
    /// @param fee What each paid juror got, in the order's currency.
    /// @param gain What each of them won of the others' stakes, in the stake token.
    /// @param leftoverFee What nobody earned went to the insurance; `leftoverStake` likewise.
    event RoundSettled(
        uint256 indexed disputeId, uint8 round, uint256 fee, uint256 gain, uint256 leftoverFee, uint256 leftoverStake
    );
    event TariffSet(address indexed currency, uint80 minFee, uint16 feeBps, uint128 smallBelow, uint128 mediumBelow);
    event TimingSet(
        uint8 indexed tier, uint32 evidenceSeconds, uint32 commitSeconds, uint32 revealSeconds, uint32 appealSeconds
    );

    error Court_NotOrderBook(address caller);
    error Court_UnknownDispute(uint256 disputeId);
    error Court_WrongPhase(uint256 disputeId, Phase phase);
    /// @notice Thrown when one side tries to stand in for the other.
    error Court_WrongSide(uint256 disputeId, Side side);
    error Court_NotParty(uint256 disputeId, address caller);
    error Court_NotOnPanel(uint256 disputeId, uint8 seat, address caller);
    error Court_TooEarly(uint256 disputeId, uint256 until);
    error Court_TooLate(uint256 disputeId, uint256 deadline);
    /// @notice Thrown when the seat has already voted, or never committed.
    error Court_WrongVote(uint256 disputeId, uint8 seat);
    error Court_InvalidChoice(uint256 choice);
    /// @notice Thrown when choice and salt are not what the juror committed to.
    error Court_WrongReveal(uint256 disputeId, uint8 seat);
    /// @notice Thrown for text that is empty where it must not be, or longer than 2048 bytes.
    error Court_InvalidText(uint256 length);
    /// @notice Thrown when an earlier ticket must be drawn first.
    error Court_NotNext(uint256 disputeId, uint256 ticket, uint256 next);
    error Court_NotDrawn(uint256 disputeId);
    error Court_AlreadyDrawn(uint256 disputeId);
    /// @notice Thrown for a payment that is no contribution to an appeal.
    error Court_InvalidPayment(address token, uint256 amount);
    /// @notice Thrown when a contribution is more than is still missing.
    error Court_TooMuch(uint256 disputeId, uint256 missing);
    error Court_AlreadySettled(uint256 disputeId, uint8 round);
    /// @notice Thrown when the order is still before the court.
    error Court_StillOpen(uint256 disputeId);
    error Court_InvalidTariff(address currency);
    error Court_InvalidTiming(uint8 tier);

    /// @notice Either party, in the evidence period. `evidence` is a URI, see ERC-1497.
    function submitEvidence(uint256 disputeId, string calldata evidence) external;

    /// @notice Anyone. Once both sides have paid: asks for a panel, which pins the next block. Once that block is past: draws
    /// the panel, if its ticket is next. When the hash is out of reach, or jurors are too few, it starts again.
    function draw(uint256 disputeId) external;

    /// @notice Anyone: ends a period whose time is over, or in which everybody has done their part.
    function passPeriod(uint256 disputeId) external;

    /// @notice The juror of the seat, in the commit period, once.
    function commitVote(uint256 disputeId, uint8 seat, bytes32 commitment) external;

    /// @notice The juror of the seat, in the reveal period, once. `reason` is public.
    function revealVote(uint256 disputeId, uint8 seat, Choice choice, bytes32 salt, string calldata reason) external;

    /// @notice Anyone: carries the final ruling out, once, and gives the fees back to whom they belong.
    /// @param order The disputed order, whole.
    function execute(uint256 disputeId, Order calldata order) external;

    /// @notice Anyone: ends a dispute whose order has left the court without a ruling.
    function close(uint256 disputeId) external;

    /// @notice Anyone, after the end: pays the round's jurors and frees their stakes, once.
    function settleRound(uint256 disputeId, uint8 round) external;

    /// @notice Anyone, after the end or when the appeal was not paid for: gives `contributor` what is theirs, once.
    function settleContribution(uint256 disputeId, uint8 round, Side side, address contributor) external;

    /// @notice Governance, behind its timelock. Disputes that are open keep their fee.
    function setTariff(address currency, Tariff calldata tariff) external;
    /// @notice Governance. Each period at least 15 minutes; three rounds at most 27 days, since the order book waits 30.
    /// Periods that run keep their end, later ones follow the new timing.
    function setTiming(uint8 tier, Timing calldata timing) external;

    /// @notice The newest dispute about an order; zero when there is none.
    function disputeOf(bytes32 orderId) external view returns (uint256 disputeId);
    function getDispute(uint256 disputeId) external view returns (DisputeView memory);
    function getRound(uint256 disputeId, uint8 round) external view returns (Round memory);
    /// @return juror Zero when there is no such seat.
    function seatOf(uint256 disputeId, uint8 round, uint8 seat)
        external
        view
        returns (address juror, bytes32 commitment, Choice choice);
    /// @return raised Contributed to the side so far.
    /// @return target What the side may bring altogether.
    function appealOf(uint256 disputeId, uint8 round, Side side) external view returns (uint256 raised, uint256 target);
    function contributionOf(uint256 disputeId, uint8 round, Side side, address contributor)
        external
        view
        returns (uint256);
    /// @notice What each side brings first, and what a juror earns, for an order with so much at stake.
    function feeOf(address currency, uint256 atStake) external view returns (uint256 fee, uint256 perJuror, uint8 tier);
    function tariffOf(address currency) external view returns (Tariff memory);
    function timingOf(uint8 tier) external view returns (Timing memory);
    /// @notice Whether the seed of a panel is out that has not been drawn: until then stakes stand still.
    function drawPending() external view returns (bool);
    function jury() external view returns (IJury);
    function insurance() external view returns (IFeeInsurance);
    function commitmentOf(uint256 disputeId, uint8 round, address juror, Choice choice, bytes32 salt)
        external
        pure
        returns (bytes32);
}
