// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";

/// @notice A juror's stake. `stake - locked` can be taken out; the locked part stands behind open votes.
struct JurorView {
    uint256 stake;
    uint256 locked;
    /// Whether the juror can be drawn. A juror who missed a vote is not, until {IJury.resume}.
    bool active;
    /// What the draw weighs: the free stake, or zero when it does not cover a seat.
    uint256 weight;
}

/// @title The jury: everyone who stakes to judge for one court, drawn by stake.
/// @notice Stakes arrive through `IVault.transferAndCall` with empty data and are this contract's own balance inside the vault:
/// it always is exactly the sum of all stakes. Only its court draws, frees and fines, and a fine is at most what a seat locks.
interface IJury is IPaymentReceiver {
    /// @notice Everything about a juror after each change.
    event StakeChanged(address indexed juror, uint256 stake, uint256 locked, bool active);

    error Jury_NotOrderBook(address caller);
    error Jury_NotCourt(address caller);
    /// @notice Thrown for a payment that is no stake.
    error Jury_InvalidPayment(address token, uint256 amount);
    error Jury_InsufficientStake(address juror, uint256 free, uint256 needed);
    /// @notice Thrown while a panel's seed is out and the panel is not drawn: stakes must not move in between. `ICourt.draw` ends it.
    error Jury_DrawPending();
    /// @notice Thrown when a juror could be fined more than a seat locks.
    error Jury_InvalidPenalty(uint256 penaltyBps);

    /// @notice Takes free stake back into the caller's balance.
    function unstake(uint256 amount) external;

    /// @notice A juror who missed a vote can be drawn again.
    function resume() external;

    /// @notice Court only: draws up to `wanted` jurors, each at most once, neither the buyer nor the shop's people, and locks
    /// a seat's stake of each. Draws nobody when there are fewer than `least`.
    /// @return panel Empty when nobody was drawn.
    /// @return available How many could have been.
    function drawPanel(uint256 shopId, address buyer, bytes32 seed, uint256 wanted, uint256 least)
        external
        returns (address[] memory panel, uint256 available);

    /// @notice Court only: frees a panel's seats. Those who `earn` share what each of the others loses of its locked stake;
    /// what cannot be shared goes to `rest`. Without `fine` nobody loses anything.
    /// @return gain What each who earns won.
    /// @return leftover What went to `rest`.
    function release(address[] calldata panel, bool[] calldata earns, bool fine, address rest)
        external
        returns (uint256 gain, uint256 leftover);

    /// @notice Court only: the juror missed a vote and is not drawn again until it resumes.
    function dismiss(address juror) external;

    function jurorOf(address juror) external view returns (JurorView memory);
    function stakeToken() external view returns (address);
    /// @notice What each seat locks of its juror's stake.
    function seatStake() external view returns (uint256);
    /// @notice What an incoherent or absent juror loses of it.
    function penalty() external view returns (uint256);
    function totalWeight() external view returns (uint256);
}
