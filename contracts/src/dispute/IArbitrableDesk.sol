// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IArbitration} from "../order/IArbitration.sol";
import {Order} from "../order/IOrderBook.sol";
import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";
import {IArbitrable} from "./IErc792.sol";
import {IEvidence} from "./IErc1497.sol";

/// @title A desk through which orders go before a court outside: any ERC-792 arbitrator can be listed by listing its desk.
/// @notice The arbitrator wants native coin. A side pays it in advance, from its balance in the vault, by
/// `transferAndCall` of native coin to the desk, with empty data or, for a shop, `abi.encode(its account)`; {takeBack} returns
/// what has not been used to the account. Rulings: 1 buyer, 2 seller, 3 or 0 an even split. Appeals are the arbitrator's own affair and end before it calls {rule}.
interface IArbitrableDesk is IArbitration, IPaymentReceiver, IArbitrable, IEvidence {
    event Prepaid(address indexed account, address indexed from, uint256 amount);
    event TakenBack(address indexed account, uint256 amount);
    event CaseOpened(bytes32 indexed orderId, address indexed account, uint256 fee);
    event CaseJoined(bytes32 indexed orderId, address indexed account, uint256 fee);
    event CaseSubmitted(bytes32 indexed orderId, uint256 indexed disputeId, uint256 cost);
    event CaseClosed(bytes32 indexed orderId, uint256 buyerReturned, uint256 sellerReturned);

    error Desk_NotOrderBook(address caller);
    error Desk_NotArbitrator(address caller);
    error Desk_NotParty(bytes32 orderId, address caller);
    error Desk_Unauthorized(address account, address caller);
    /// @notice Thrown when less was paid in advance than the arbitrator asks.
    error Desk_Unpaid(address account, uint256 prepaid, uint256 cost);
    error Desk_InvalidPayment(address token, uint256 amount);
    /// @notice Thrown for evidence that is empty or longer than 2048 bytes.
    error Desk_InvalidText(uint256 length);
    error Desk_WrongStage(bytes32 orderId);
    /// @notice Thrown when the order is still before the desk.
    error Desk_StillOpen(bytes32 orderId);

    /// @notice Returns what was paid in advance and not used, to the account's balance. A shop's: its money role.
    function takeBack(address account, uint256 amount) external;

    /// @notice Anyone, once both sides have paid: brings the case before the arbitrator.
    function submit(bytes32 orderId) external;

    /// @notice Either party, until the arbitrator has ruled. `evidence` is a URI, see ERC-1497.
    function submitEvidence(bytes32 orderId, string calldata evidence) external;

    /// @notice Anyone: carries the ruling out, once, and gives the winner's fee back.
    function execute(Order calldata order) external;

    /// @notice Anyone: ends a case whose order has left without a ruling, and gives back what the arbitrator did not take.
    function close(bytes32 orderId) external;

    function prepaidOf(address account) external view returns (uint256);
}
