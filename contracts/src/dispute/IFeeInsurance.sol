// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";

/// @title Fee insurance: a pool per currency that stands in for the buyer's first court fee.
/// @notice The premium is what one juror earns, a third of the fee; `data` of the payment is `abi.encode(Order)`. It can be
/// bought until the order takes its first step, when nobody knows how the sale will go.
/// @dev The pool's money is this contract's balance inside the vault. Only the court can take from it, only what
/// it reserved, and only to pay jurors; see docs/threat-model/dispute.md for why nobody gains by losing on purpose.
interface IFeeInsurance is IPaymentReceiver {
    event OrderInsured(bytes32 indexed orderId, address indexed payer, address currency, uint256 premium);
    event FeeReserved(bytes32 indexed orderId, address indexed currency, uint256 amount);
    /// @param cost What the pool paid to the court.
    event FeeConcluded(bytes32 indexed orderId, address indexed currency, uint256 reserved, uint256 cost);

    error FeeInsurance_NotOrderBook(address caller);
    error FeeInsurance_NotCourt(address caller);
    /// @notice Thrown when the order names another court.
    error FeeInsurance_OtherCourt(bytes32 orderId, address arbitrator);
    /// @notice Thrown when the order was never placed or has already moved on.
    error FeeInsurance_TooLate(bytes32 orderId);
    error FeeInsurance_AlreadyInsured(bytes32 orderId);
    error FeeInsurance_WrongPremium(address token, uint256 amount, uint256 premium);

    /// @notice Court only: keeps `fee` ready for an insured order. False when it is not insured, or the pool does not suffice.
    function reserve(bytes32 orderId, address currency, uint256 fee) external returns (bool reserved);

    /// @notice Court only: ends a reservation of `fee` and pays `cost` of it to the court.
    function conclude(bytes32 orderId, address currency, uint256 fee, uint256 cost) external;

    /// @return premium What the order was insured for; zero when it is not, or the cover has been used.
    function premiumOf(bytes32 orderId) external view returns (uint256 premium);
    /// @notice What the pool could still stand in for.
    function availableOf(address currency) external view returns (uint256);
}
