// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TabState} from "../tab/ITabs.sol";
import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";

/// @notice What an operator promises a buyer before the order stands on the chain.
struct Receipt {
    bytes32 orderId;
    address buyer;
    address token;
    uint128 total;
    uint256 offerId;
    /// Units of the offer that the operator has ever promised, this order's included; this order's are the last ones. Counts on
    /// through versions, restocked pieces and pledges. 0: the offer has no end.
    uint64 piece;
    /// Units of this order.
    uint64 quantity;
    /// Counts the operator's receipts, from 1, and never twice.
    uint64 position;
    /// The order stands on the chain in this block or before.
    uint64 byBlock;
}

/// @title Operators: who takes orders on behalf of the chain, the bonds they post, and proofs that they did not keep their word.
/// @notice A bond is money that an operator cannot take back at once. Anyone may show a receipt that was not honoured or two that
/// contradict each other; the buyer is then paid the order's total, and as much again goes to the market's treasury, as far as the
/// bond goes: breaking one's word towards oneself is no way to get a bond out early, half of it is lost. What a bond could not bear
/// stays due.
interface IOperators is IPaymentReceiver {
    event OperatorRegistered(uint24 indexed operatorId, address indexed owner, address signer);
    event BondPosted(uint24 indexed operatorId, address indexed token, uint256 amount, uint256 bond);
    event BondWithdrawalAnnounced(uint24 indexed operatorId, address indexed token, uint256 amount, uint40 from);
    event BondWithdrawn(uint24 indexed operatorId, address indexed token, uint256 amount, uint256 bond);
    /// @notice An operator was caught. `subject` is the order's id, the digest of the newer tab state, or for two states in
    /// conflict keccak256(account, key, token, epoch, version).
    event OperatorCaught(
        uint24 indexed operatorId,
        Proof indexed proof,
        bytes32 indexed subject,
        address account,
        address token,
        uint256 compensation,
        uint256 toTreasury
    );

    enum Proof {
        Dropped,
        Conflicting,
        OldTabState,
        ConflictingTabStates
    }

    error Operators_NotOwner(uint24 operatorId, address caller);
    error Operators_NotVault(address caller);
    error Operators_NotTabs(address caller);
    /// @notice Thrown for an owner that is nobody, a signer that has an operator, an operator that does not exist, and when
    /// nothing was announced, or too long ago.
    error Operators_Invalid();
    error Operators_InvalidSignature(uint24 operatorId);
    error Operators_TooEarly(uint256 from);
    /// @notice Thrown when more is announced than there is, and when nothing is left to pay a proof with: it stays good.
    error Operators_InsufficientBond(uint256 bond, uint256 wanted);
    /// @notice Thrown when the order stands on the chain, or the time for it is not over.
    error Operators_NotDropped(bytes32 orderId);
    /// @notice Thrown when two receipts can both be true.
    error Operators_NoConflict();
    /// @notice Thrown when this was compensated in full before.
    error Operators_AlreadyClaimed(bytes32 subject);

    /// @notice Makes the caller the signer of a new operator, whose bond is `owner`'s. The signer registers itself, so that nobody
    /// can register somebody else's; it signs for one operator only, and for good.
    function register(address owner) external returns (uint24 operatorId);

    /// @notice Announces that some of the bond is to be withdrawn seven days from now, and in the seven days after that: an
    /// announcement in store would be no notice. Replaces an earlier one, and 0 only takes it back. Owner only.
    function announceWithdrawal(uint24 operatorId, address token, uint256 amount) external;

    /// @notice Moves what was announced, or what is left of it, to the owner's balance in the vault. Anyone may.
    function withdrawBond(uint24 operatorId, address token) external;

    /// @notice Shows a receipt whose order is not on the chain although its block has passed.
    function claimDropped(uint24 operatorId, Receipt calldata receipt, bytes calldata signature) external;

    /// @notice Shows two receipts with the same position, or that promise the same piece of the same offer, to different orders.
    /// Both buyers are compensated, but one who was before.
    function claimConflicting(
        uint24 operatorId,
        Receipt calldata first,
        bytes calldata firstSignature,
        Receipt calldata second,
        bytes calldata secondSignature
    ) external;

    /// @notice Shows two different states of one tab with the same epoch and version, both signed by the operator. The account
    /// is paid the larger sum of the two.
    function claimConflictingTabStates(
        uint24 operatorId,
        TabState calldata first,
        bytes calldata firstSignature,
        TabState calldata second,
        bytes calldata secondSignature
    ) external;

    /// @notice Pays an account for an old tab state that the operator brought. Tabs only.
    /// @return compensation What the bond still held of it.
    function compensate(uint24 operatorId, bytes32 subject, address account, address token, uint256 amount)
        external
        returns (uint256 compensation);

    function signerOf(uint24 operatorId) external view returns (address);
    function ownerOf(uint24 operatorId) external view returns (address);
    /// @return operatorId 0: signs for nobody.
    function operatorOf(address signer) external view returns (uint24 operatorId);
    function bondOf(uint24 operatorId, address token) external view returns (uint256);
    /// @return amount 0: none announced. `from` Unix seconds.
    function withdrawalOf(uint24 operatorId, address token) external view returns (uint256 amount, uint40 from);
    /// @notice EIP-712 digest that the operator signs. Domain "Kaishi Operators", version "1".
    function digestOf(Receipt calldata receipt) external view returns (bytes32);
}
